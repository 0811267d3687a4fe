import { t } from "../../history/entry-words.ts";
import { type Entry, hasPrivate, isShared } from "../../history/entries.ts";

/** Who can see an entry and whether it got there, in a few words. */
export function WhoSees({ entry }: { entry: Entry }) {
  if (entry.main.unreadable) return null;
  return <span class={isShared(entry) ? "seen-mark" : "private-mark"}>{whoSees(entry)}</span>;
}

function whoSees(entry: Entry): string {
  if (!isShared(entry)) return t("foundation.state.only-here");
  if (entry.main.state !== "sent") return t(`foundation.state.${entry.main.state}`);
  return hasPrivate(entry) ? t("history.seen_partly") : t("history.seen");
}
