import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../../app/words.ts";

type AskProps = { title: string; text: string; yes: string; onYes: () => void; onNo: () => void };

/** Asks once, in a dialog. Esc and Cancel change nothing. */
export function Ask({ title, text, yes, onYes, onNo }: AskProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="sheet" ref={dialog} aria-labelledby={id} onCancel={(event) => { event.preventDefault(); onNo(); }}>
      <div class="stack">
        <h2 id={id}>{title}</h2>
        <p>{text}</p>
        <div class="row">
          <button type="button" class="primary" onClick={onYes}>{yes}</button>
          <button type="button" class="button" onClick={onNo}>{t("foundation.cancel")}</button>
        </div>
      </div>
    </dialog>
  );
}
