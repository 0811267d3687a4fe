import { useId, useState } from "preact/hooks";
import { t } from "../../app/words.ts";

/** A field for a word of the person's own, added by the button, Enter or leaving the field. `onAdd` says if there was room. */
export function OwnWord({ onAdd }: { onAdd: (own: string) => boolean }) {
  const [typed, setTyped] = useState("");
  const id = useId();
  const add = () => {
    if (typed.trim() !== "" && onAdd(typed)) setTyped("");
  };
  return (
    <div class="own-word field">
      <label for={id}>{t("inputs.emotions.own")}</label>
      <span class="private-mark">{t("inputs.only_here")}</span>
      <div class="own-word-line">
        <input id={id} class="input" type="text" maxLength={40} value={typed} autocomplete="off" enterkeyhint="done"
          onInput={(event) => setTyped(event.currentTarget.value)} onBlur={add}
          onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); add(); } }} />
        <button type="button" class="button" onClick={add}>{t("inputs.emotions.add")}</button>
      </div>
    </div>
  );
}
