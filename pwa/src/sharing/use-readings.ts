import { useEffect, useState } from "preact/hooks";
import { freshReadings, keptReadings, type ReadLog } from "../data/readings.ts";

/** Who looked: what this phone last heard, then what the server says (`fresh`). */
export function useReadings(): { log: ReadLog | null; fresh: boolean } {
  const [state, setState] = useState<{ log: ReadLog | null; fresh: boolean }>({ log: null, fresh: false });
  useEffect(() => {
    let gone = false;
    const tell = (log: ReadLog | null, fresh: boolean): void => {
      if (!gone) setState((before) => (before.fresh ? before : { log, fresh }));
    };
    void keptReadings().then((log) => tell(log, false)).catch(console.error);
    // Without a network there is only what is kept; the screen says so.
    void freshReadings().then((log) => tell(log, true), () => undefined);
    return () => {
      gone = true;
    };
  }, []);
  return state;
}
