import { status } from "../data/status.ts";
import { kt } from "./keeping-words.ts";

/** Beside what is typed, while the phone has no room to store it. */
export function FullNotice() {
  const { full } = status.value;
  return <div class={full ? "notice warm" : "visually-hidden"} role="status">{full && <p>{kt("keeping.full")}</p>}</div>;
}
