// What was begun and is not saved yet, in any tab: the drafts that hold something of the person's.
import { type CheckInDraft, isBlank } from "../checkin/draft.ts";
import type { Kept } from "../exercise/resuming.ts";
import type { Begun as BegunNote } from "../pair/use-notes.ts";
import type { Leaving } from "../practise/not-today.ts";
import type { BegunLimits, Begun as BegunReminder } from "../reminders/begun.ts";
import { getNamed, namesIn } from "./door.ts";
import { draftsKept, keyOf } from "./drafts.ts";
import { each } from "./rows.ts";

/** One thing that was begun, under the name of its draft. */
export interface Begun {
  name: string;
  /** When it was last touched. */
  at: number;
  value: unknown;
}

/** The one touched last first. What two tabs hold alike is there once. */
export async function begunHere(): Promise<Begun[]> {
  await draftsKept();
  const names = (await namesIn("drafts")).sort((one, other) => other.at - one.at);
  const drafts = await each(names, async ({ name, at }) => ({ name: keyOf(name), at, value: await getNamed("drafts", name) }));
  const found = new Map<string, Begun>();
  for (const draft of drafts.filter(saysSomething)) {
    const same = JSON.stringify([draft.name, draft.value]);
    if (!found.has(same)) found.set(same, draft);
  }
  return [...found.values()];
}

const hasWords = (text: unknown): boolean => typeof text === "string" && text.trim() !== "";

/** By the kind of draft, whether there is something in it. */
const SAYS: Record<string, (value: never) => boolean> = {
  "check-in": (draft: CheckInDraft) => !isBlank(draft),
  "safety-plan": ({ plan }: { plan: object | null }) => plan !== null,
  "session-note": ({ text }: BegunNote) => hasWords(text),
  rewrite: ({ fields }: { fields: object | null }) => Object.values(fields ?? {}).some(hasWords),
  "not-today": ({ reasons, text }: Leaving) => reasons.length > 0 || hasWords(text),
  limits: (begun: BegunLimits) => Object.keys(begun).length > 0,
  reminder: ({ form }: BegunReminder) => form !== null,
  run: ({ state: { answers, path, ended } }: Kept) => Object.keys(answers).length > 0 || path.length > 1 || ended !== null,
};

/** What can't be opened says nothing; what this app can't read as it expects it may say something. */
function saysSomething({ name, value }: Begun): boolean {
  if (value === undefined) return false;
  try {
    return SAYS[name.split(":")[0] ?? ""]?.(value as never) ?? true;
  } catch {
    return true;
  }
}
