/** A file that can't be brought in. `message` says what and where; nothing of it was stored. */
export class Unusable extends Error {
  override readonly name = "Unusable";
}
