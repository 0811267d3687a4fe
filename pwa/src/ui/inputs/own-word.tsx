import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t } from "../../app/words.ts";

/** What adds a word that is still being typed: a tap beside it does not leave the field on every phone. */
const ENDS = ["click", "visibilitychange", "pagehide", "popstate"];

/** A field for a word of the person's own, added by the button, Enter, leaving the field or whatever is done next, and when
 *  the app goes away. `onAdd` says if there was room. */
export function OwnWord({ onAdd }: { onAdd: (own: string) => boolean }) {
  const [typed, setTyped] = useState("");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const add = () => {
    if (typed.trim() !== "" && onAdd(typed)) setTyped("");
  };
  const latest = useRef(add);
  latest.current = add;
  useEffect(() => {
    const end = ({ target }: Event) => target !== field.current && latest.current();
    for (const type of ENDS) addEventListener(type, end, true);
    return () => ENDS.forEach((type) => removeEventListener(type, end, true));
  }, []);
  return (
    <div class="own-word field">
      <label for={id}>{t("inputs.emotions.own")}</label>
      <span class="private-mark">{t("inputs.only_here")}</span>
      <div class="own-word-line">
        <input ref={field} id={id} class="input" type="text" maxLength={40} value={typed} autocomplete="off" enterkeyhint="done"
          onInput={(event) => setTyped(event.currentTarget.value)} onBlur={add}
          onKeyDown={(event) => { if (event.key === "Enter") { event.preventDefault(); add(); } }} />
        <button type="button" class="button" onClick={add}>{t("inputs.emotions.add")}</button>
      </div>
    </div>
  );
}
