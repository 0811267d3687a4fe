import { useEffect, useState } from "preact/hooks";
import { onChanged } from "./changes.ts";
import { keptRecords, lookAgain } from "./kept.ts";
import type { LocalRecord } from "./types.ts";

/** `keptRecords`, read again whenever something changes, in any tab. Null until first read. */
export function useKept(): LocalRecord[] | null {
  const [records, setRecords] = useState<LocalRecord[] | null>(null);
  useEffect(() => {
    let gone = false;
    const read = () => void keptRecords().then((found) => gone || setRecords(found)).catch(console.error);
    read();
    void lookAgain().catch(console.error);
    const stop = onChanged(read);
    return () => {
      gone = true;
      stop();
    };
  }, []);
  return records;
}
