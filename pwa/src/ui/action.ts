// A button's work: once at a time, and its trouble in words.
import { useRef, useState } from "preact/hooks";
import { t } from "../app/words.ts";
import { Problem } from "../data/api.ts";
import { NotSaved } from "../data/trouble.ts";

export interface Action {
  busy: boolean;
  /** What went wrong, or null. */
  trouble: string | null;
  run: () => void;
}

/** Runs `work` when asked, never twice at once; a failure becomes a sentence. */
export function useAction(work: () => Promise<unknown>): Action {
  const [busy, setBusy] = useState(false);
  const running = useRef(false); // a second tap comes before anything is drawn anew
  const [trouble, setTrouble] = useState<string | null>(null);
  const run = () => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setTrouble(null);
    work()
      .catch((error: unknown) => setTrouble(sentence(error)))
      .finally(() => {
        running.current = false;
        setBusy(false);
      });
  };
  return { busy, trouble, run };
}

/** The words for a failure. */
export function sentence(error: unknown): string {
  if (error instanceof Problem) return error.detail;
  if (error instanceof NotSaved) return error.message;
  console.error(error);
  return t("foundation.problem.server.text");
}
