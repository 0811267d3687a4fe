// A share that is being taken back: until the server knows of it, who could see it may see it still.
import type { LocalRecord } from "../data/types.ts";
import { names, st } from "./words.ts";

/** How it stands with taking this record back; null when it is not being taken back. */
function leaving({ audience, state }: Pick<LocalRecord, "audience" | "state">): "waiting" | "refused" | null {
  return audience === "me" && (state === "waiting" || state === "refused") ? state : null;
}

/** Who may see what is being taken back, in a sentence; null when it is not being taken back. */
export function leavingWords(record: LocalRecord): string | null {
  const how = leaving(record);
  return how === null ? null : st(`sharing.leaving.${how}`, names());
}

/** The same in a few words. */
export function leavingMark(record: LocalRecord): string | null {
  const how = leaving(record);
  return how === null ? null : st(`sharing.leaving.${how}_mark`);
}
