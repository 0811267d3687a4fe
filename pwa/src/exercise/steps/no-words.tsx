import { pt } from "../words.ts";

/** The lists to pick from come with the first connection; until then a step goes on without them. */
export function NoWords() {
  return <p class="muted">{pt("player.no_words")}</p>;
}
