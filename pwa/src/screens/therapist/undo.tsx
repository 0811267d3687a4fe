// A quiet line that says what was just done, with a way to undo it. It stays until the page is left: no clock runs.
import { useEffect, useRef, useState } from "preact/hooks";
import { Trouble, useAction } from "./action.tsx";
import { tt } from "./words.ts";

type Props = {
  text: string;
  /** Undoes it, and gives what is said then. Without it there is nothing to undo. */
  undo?: (() => Promise<string>) | undefined;
  /** What is undone, for who hears the button alone. */
  which?: string | undefined;
  /** The focus comes here: what had it is gone. */
  focus?: boolean;
};

export function UndoLine({ text, undo, which = "", focus = false }: Props) {
  const [said, setSaid] = useState(text);
  const [done, setDone] = useState(false);
  const line = useRef<HTMLParagraphElement>(null);
  const undoing = useAction(async () => {
    if (!undo) return;
    setSaid(await undo());
    setDone(true);
    line.current?.focus();
  });
  useEffect(() => {
    if (focus) line.current?.focus();
  }, []);
  return (
    <div class="notice">
      <p ref={line} tabIndex={-1} role="status">{said}</p>
      <Trouble text={undoing.trouble} />
      {undo && !done && <button type="button" class="quiet desk-undo" disabled={undoing.busy} aria-label={which} onClick={undoing.run}>{tt("therapist.undo.go")}</button>}
    </div>
  );
}
