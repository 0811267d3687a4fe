// What the client answers about who accompanies them: one record each, the same one on each of their devices.
import { derivedId } from "../data/ids.ts";
import { list, save, useRecords } from "../data/journal.ts";
import { me } from "../data/session.ts";
import { KIND, NAMESPACE } from "./agreement.ts";
import { type Answered, answerIn, type Choice, KINDS, type Standing, standingIn } from "./standing.ts";

/** How it stands, kept up to date; null until it was read. */
export function useStanding(): Standing | null {
  const records = useRecords({ kinds: KINDS });
  return records === null ? null : standingIn(records, Date.now());
}

/** What who came may see; `today` is where "from today" begins. Throws NotSaved. */
export function choose(to: string, choice: Choice, today: string): Promise<void> {
  return keep("relationship", { to, choice, day: today });
}

/** Lets everything rest, or ends that, whoever began it. Throws NotSaved. */
export function freeze(on: boolean, lifted: string): Promise<void> {
  return keep("freeze", { on, lifted });
}

/** Lets a colleague look at numbers, or no longer. Throws NotSaved. */
export function agreeTo(to: string, agreed: boolean): Promise<void> {
  return keep("supervision", { to, agreed });
}

async function keep(name: Answered, said: object): Promise<void> {
  const before = answerIn(await list({ kinds: [KIND] }), name);
  const id = await derivedId(NAMESPACE, `${name}-answer ${me.peek()?.id ?? ""}`);
  await save([{ id, kind: KIND, audience: "service", body: { ...before?.body, name, ...said }, base: before?.rev ?? null }]);
}
