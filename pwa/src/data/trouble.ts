// What can go wrong on the phone, in sentences a person can act on.
import { t } from "../app/words.ts";

/** Something was not kept. `message` says what happened, what is safe, what to do. */
export class NotSaved extends Error {
  override readonly name = "NotSaved";
}

/** A sealed value that does not open with this phone's key. It is left where it is. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

/** The sentence for a failed write. */
export function notSaved(error: unknown): NotSaved {
  if (error instanceof NotSaved) return error;
  const full = error instanceof DOMException && error.name === "QuotaExceededError";
  return new NotSaved(t(full ? "foundation.trouble.full" : "foundation.trouble.notSaved"), { cause: error });
}
