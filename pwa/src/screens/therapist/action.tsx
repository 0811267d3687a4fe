// One step a person takes that asks the server: taken once however often it is tapped, and its trouble in words.
import { useEffect, useRef, useState } from "preact/hooks";
import { sentence } from "./api.ts";
import { tt } from "./words.ts";

export interface Action<A extends unknown[]> {
  busy: boolean;
  /** A sentence to show, or null. */
  trouble: string | null;
  run: (...args: A) => void;
  clear: () => void;
}

export function useAction<A extends unknown[]>(work: (...args: A) => Promise<void>): Action<A> {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const running = useRef(false);
  const run = (...args: A): void => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setTrouble(null);
    work(...args)
      .catch((error: unknown) => setTrouble(sentence(error)))
      .finally(() => {
        running.current = false;
        setBusy(false);
      });
  };
  return { busy, trouble, run, clear: () => setTrouble(null) };
}

/** Something read from the server when its key changes; `again` reads it once more and keeps what is on screen. */
export function useReading(key: string, read: () => Promise<void>): { reading: boolean; trouble: string | null; again: () => void } {
  const [state, setState] = useState<{ reading: boolean; trouble: string | null }>({ reading: true, trouble: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    const tell = (next: typeof state): void => {
      if (!gone) setState(next);
    };
    tell({ reading: true, trouble: null });
    read().then(
      () => tell({ reading: false, trouble: null }),
      (error: unknown) => tell({ reading: false, trouble: sentence(error, "reading") }),
    );
    return () => {
      gone = true;
    };
  }, [key, round]);
  return { ...state, again: () => setRound(round + 1) };
}

/** A failure in words, spoken when it appears. */
export function Trouble({ text, again }: { text: string | null; again?: () => void }) {
  if (text === null) return null;
  return (
    <div class="notice warm" role="alert">
      <p>{text}</p>
      {again && (
        <button type="button" class="button" onClick={again}>
          {tt("therapist.again")}
        </button>
      )}
    </div>
  );
}
