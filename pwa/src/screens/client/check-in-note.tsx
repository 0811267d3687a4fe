import { useId } from "preact/hooks";
import { FullNotice } from "../../app/full-notice.tsx";
import { t } from "../../app/words.ts";
import { hasNote, NOTE_MAX } from "../../checkin/draft.ts";
import { names, st } from "../../sharing/words.ts";
import { Switch } from "../../ui/inputs/index.ts";
import type { Part } from "./check-in-form.tsx";

const SHOW_LEFT_FROM = 60;

/** Words of the person's own. They stay on this phone unless that is chosen otherwise, and nobody reads them live. */
export function NoteField({ draft, change, label }: Part & { label: string }) {
  const id = useId();
  const shared = draft.choice.note === true && !draft.just_me;
  const left = NOTE_MAX - draft.note.length;
  return (
    <div class="field note-field">
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>
        {!shared && <span class="private-mark">{t("inputs.only_here")}</span>} {t("checkin.note_live")}
      </p>
      <FullNotice />
      <textarea id={id} class="input" maxLength={NOTE_MAX} value={draft.note} aria-describedby={`${id}-hint`}
        onInput={(event) => change({ note: event.currentTarget.value })} />
      {left <= SHOW_LEFT_FROM && <p class="hint" role="status">{t("checkin.note_left", { n: left })}</p>}
      {hasNote(draft) && !draft.just_me && (
        <Switch label={st("sharing.note", names())} description={st("sharing.note_hint")} on={shared}
          onChange={(note) => change({ choice: { ...draft.choice, note } })} />
      )}
    </div>
  );
}
