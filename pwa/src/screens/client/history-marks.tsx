import { t } from "../../history/entry-words.ts";
import { type Entry, hasPrivate, isShared } from "../../history/entries.ts";
import { leavingMark } from "../../sharing/leaving.ts";

/** Who can see an entry and whether it got there, in a few words. */
export function WhoSees({ entry }: { entry: Entry }) {
  if (entry.main.unreadable) return null;
  const leaving = leavingMark(entry.main);
  return <span class={isShared(entry) || leaving !== null ? "seen-mark" : "private-mark"}>{leaving ?? whoSees(entry)}</span>;
}

function whoSees(entry: Entry): string {
  if (!isShared(entry)) return t("foundation.state.only-here");
  if (entry.main.state !== "sent") return t(`foundation.state.${entry.main.state}`);
  return hasPrivate(entry) ? t("history.seen_partly") : t("history.seen");
}
