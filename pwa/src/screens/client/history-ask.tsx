import { useId } from "preact/hooks";
import { t } from "../../app/words.ts";
import { useModal } from "../../ui/modal.ts";

type AskProps = { title: string; text: string; yes: string; onYes: () => void; onNo: () => void };

/** Asks once, in a dialog. Esc and Cancel change nothing; the focus goes back where it was. */
export function Ask({ title, text, yes, onYes, onNo }: AskProps) {
  const [dialog, id] = [useModal(), useId()];
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
