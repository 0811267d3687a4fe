// Whether the therapist marked an entry as talked about in a session.
import { useEffect, useState } from "preact/hooks";
import { derivedId } from "../data/ids.ts";
import { get } from "../data/journal.ts";
import { me } from "../data/session.ts";
import type { Mark } from "../data/types.ts";
import { NAMESPACE } from "../sharing/agreement.ts";

/** False until it was looked up. */
export function useDiscussed(record: string): boolean {
  const [discussed, setDiscussed] = useState(false);
  useEffect(() => {
    let gone = false;
    void isDiscussed(record).then((is) => gone || setDiscussed(is));
    return () => {
      gone = true;
    };
  }, [record]);
  return discussed;
}

/** The mark's id is one that phone and server work out alike: see `server/store/briefs.py`. */
async function isDiscussed(record: string): Promise<boolean> {
  const mark = await get<Mark>(await derivedId(NAMESPACE, `discussed ${record} ${me.peek()?.id ?? ""}`));
  return mark?.deleted === false && mark.body?.what === "discussed";
}
