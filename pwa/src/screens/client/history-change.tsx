// The words of a note, of kept words or of a scene, changed after they were saved. Kept as they are typed.
import { useLocation, useRoute } from "preact-iso/router";
import { useId, useMemo } from "preact/hooks";
import { FullNotice } from "../../app/full-notice.tsx";
import { kt, whenWords } from "../../app/keeping-words.ts";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../history/entry-words.ts";
import { useDraft } from "../../data/drafts.ts";
import { save } from "../../data/journal.ts";
import { pt } from "../../exercise/words.ts";
import { type Entry, isShared } from "../../history/entries.ts";
import { titleOf } from "../../history/fields.ts";
import { type Fields, fieldsIn, isWords, type Rewriting, rewritten, roomFor, saysSomething } from "../../history/rewriting.ts";
import { useEntry } from "../../history/use-entry.ts";
import { useAction } from "../../ui/action.ts";
import "../../styles/history.css";

const NEAR = 60;

export default function HistoryChange() {
  const { id = "" } = useRoute().params;
  const found = useEntry(id);
  if (found === null) return <Screen title={kt("keeping.rewrite.title")} backTo={`/history/${id}`} />;
  const { entry } = found;
  return entry === undefined || !isWords(entry) ? <Gone /> : <Change key={entry.id} entry={entry} />;
}

function Gone() {
  return (
    <Screen title={kt("keeping.rewrite.gone")} backTo="/history">
      <p>{kt("keeping.change.gone_text")}</p>
      <p><a class="button" href="/history">{t("history.detail.to_history")}</a></p>
    </Screen>
  );
}

/** What was there when this opened is what is changed: another text that comes meanwhile is kept beside it. */
function Change({ entry: now }: { entry: Entry }) {
  const { route } = useLocation();
  const entry = useMemo(() => now, []);
  const before = useMemo(() => fieldsIn(entry), []);
  const nothing = useMemo<Rewriting>(() => ({ fields: null, base: entry.main.rev }), []);
  const key = `rewrite:${entry.id}`;
  const { value: { value: begun }, set, clear } = useDraft(key, nothing);
  const back = `/history/${entry.id}`;
  const fields = begun?.fields ?? before;
  const keep = useAction(async () => {
    await save([rewritten(entry, fields, begun?.base ?? null)], key);
    route(back, true);
  });
  const drop = useAction(async () => {
    await clear();
    route(back, true);
  });
  return (
    <Screen title={kt("keeping.rewrite.title")} backTo={back}>
      <p class="lead">{kt("keeping.rewrite.lead", { what: titleOf(entry, null), when: whenWords(entry.at) })}</p>
      <p>{kt(isShared(entry) ? "keeping.rewrite.shared" : "keeping.rewrite.private")}</p>
      {begun !== null && (
        <form class="card stack" noValidate onSubmit={(event) => { event.preventDefault(); keep.run(); }}>
          <FullNotice />
          {Object.entries(before).map(([name, text]) => (
            <Field key={name} entry={entry} name={name} before={text} text={fields[name] ?? ""} type={(typed) => set({ ...begun, fields: { ...fields, [name]: typed } })} />
          ))}
          {keep.trouble && <p class="problem" role="alert">{keep.trouble}</p>}
          <button type="submit" class="primary wide-button" disabled={keep.busy || !saysSomething(fields)}>{kt("keeping.rewrite.save")}</button>
          <button type="button" class="button wide-button" onClick={drop.run}>{kt("keeping.rewrite.leave")}</button>
        </form>
      )}
    </Screen>
  );
}

type FieldProps = { entry: Entry; name: string; before: string; text: string; type: (text: string) => void };

function Field({ entry, name, before, text, type }: FieldProps) {
  const id = useId();
  const room = roomFor(before);
  return (
    <div class="field">
      <label for={id}>{labelOf(entry, name)}</label>
      <textarea id={id} class={name === "text" ? "input" : "input few-lines"} rows={name === "text" ? 5 : 2} dir="auto" maxLength={room} value={text}
        onInput={({ currentTarget }) => type(currentTarget.value)} />
      {room - text.length <= NEAR && <p class="hint" role="status">{t("checkin.note_left", { n: room - text.length })}</p>}
    </div>
  );
}

function labelOf(entry: Entry, name: keyof Fields): string {
  if (name === "text") return titleOf(entry, null);
  return name === "title" ? kt("keeping.rewrite.name") : pt(`player.scene.${name}` as "player.scene.when");
}
