import { useRef, useState } from "preact/hooks";
import { Problem } from "../../data/api.ts";
import type { SharedJournal } from "../../data/shared-journal.ts";
import type { WireRecord } from "../../data/types.ts";
import { useReading } from "./action.tsx";
import { readJournal } from "./api.ts";
import { withRecord } from "./shared.ts";

/** A client's shared journal, read on arrival. Each part of the page asks again whether it changed: what was taken back or
 *  paused meanwhile is not shown there any more, and neither is anything once the client is no longer one's own. */
export function useJournal(client: string, part: string) {
  const [held, setHeld] = useState<SharedJournal | null>(null);
  const read = useRef<SharedJournal | null>(null);
  const reading = useReading(`${client} ${part}`, async () => {
    const before = read.current;
    try {
      read.current = await readJournal(client, before);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) setHeld((read.current = null));
      throw error;
    }
    if (read.current !== before) setHeld(read.current);
  });
  const put = (record: WireRecord): void => setHeld((now) => now && { ...now, records: withRecord(now.records, record) });
  return { ...reading, put, records: held?.records ?? null, paused: held?.paused ?? false };
}
