// What the client does not want among the words to pick: one record, the same one on each of their devices.
import { derivedId } from "../data/ids.ts";
import { list, save } from "../data/journal.ts";
import { me } from "../data/session.ts";
import type { Body } from "../data/types.ts";
import { NAMESPACE } from "../sharing/agreement.ts";
import { HIDDEN, hiddenIn } from "./shared-words.ts";

const MOST = 200;
let last: Promise<void> = Promise.resolve();

/** Puts a word out of the way, or offers it again; also when changes come fast. Throws NotSaved. */
export function hideWord(word: string, on: boolean): Promise<void> {
  const saving = last.then(() => keep(word, on));
  last = saving.catch(() => undefined);
  return saving;
}

async function keep(word: string, on: boolean): Promise<void> {
  const records = await list({ kinds: [HIDDEN.kind] });
  const before = records.find(({ body }) => body?.["name"] === HIDDEN.name);
  const others = hiddenIn(records).filter((one) => one !== word);
  const body: Body = { ...before?.body, name: HIDDEN.name, hidden: on ? [...others, word].slice(-MOST) : others };
  const id = await derivedId(NAMESPACE, `${HIDDEN.name} ${me.peek()?.id ?? ""}`);
  await save([{ id, kind: HIDDEN.kind, audience: "service", body, base: before?.rev ?? null }]);
}
