// The part written together, in the journal of this phone, and whether the person took it out of their plan.
import { derivedId } from "../data/ids.ts";
import { list, save, useRecords } from "../data/journal.ts";
import { me } from "../data/session.ts";
import type { Body } from "../data/types.ts";
import { NAMESPACE } from "../sharing/agreement.ts";
import { isOut, KIND, OUT, type Together, togetherIn } from "./together.ts";

/** Null where nothing was written together; undefined until it was read. */
export function useTogether(): (Together & { out: boolean }) | null | undefined {
  const records = useRecords({ kinds: [KIND, OUT.kind] });
  if (records === null) return undefined;
  const together = togetherIn(records);
  return together === null || together.around === "" ? null : { ...together, out: isOut(together, records) };
}

/** Takes it out of the plan on every device of the person, or puts it back. Throws NotSaved. */
export async function takeOut({ rev }: Together, out: boolean): Promise<void> {
  const before = (await list({ kinds: [OUT.kind] })).find(({ body }) => body?.["name"] === OUT.name);
  const body: Body = { ...before?.body, name: OUT.name, out: out ? rev : null };
  const id = await derivedId(NAMESPACE, `${OUT.name} ${me.peek()?.id ?? ""}`);
  await save([{ id, kind: OUT.kind, audience: "service", body, base: before?.rev ?? null }]);
}
