// Entries the server did not take: what they are, why, and what can be done.
import { useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import { discard, retry, useRecords } from "../../data/journal.ts";
import type { LocalRecord } from "../../data/types.ts";
import { KINDS } from "../../history/entries.ts";
import { useAction } from "../../ui/action.ts";
import { saveFile } from "../../ui/save-file.ts";
import { kindWords, kt, whenWords } from "../../app/keeping-words.ts";

export default function Unsent() {
  const refused = useRecords({ states: ["refused"] });
  return (
    <Screen title={kt("keeping.unsent.title")} backTo="/settings">
      {refused !== null && <p>{kt(refused.length > 0 ? "keeping.unsent.text" : "keeping.unsent.none")}</p>}
      {refused?.map((record) => <Refused key={record.id} record={record} />)}
    </Screen>
  );
}

function Refused({ record }: { record: LocalRecord }) {
  const again = useAction(() => retry(record.id));
  const when = whenWords(record.felt_at ?? record.saved_at);
  return (
    <section class="card" aria-labelledby={record.id}>
      <h2 id={record.id}>{kindWords(record.kind)}</h2>
      <p class="muted small">{when}</p>
      <p>{record.reason ?? kt("keeping.unsent.noReason")}</p>
      <div class="row">
        <Change record={record} />
        <button type="button" class="button" onClick={again.run} disabled={again.busy}>
          {t("foundation.tryAgain")}
        </button>
        {isEntry(record) && !record.deleted && <a class="button" href={`/history/${record.id}`}>{kt("keeping.unsent.open")}</a>}
        <button type="button" class="quiet" onClick={() => saveFile("midweek-entry.json", JSON.stringify(record, null, 2))}>
          {kt("keeping.unsent.export")}
        </button>
        <Discard id={record.id} />
      </div>
      {again.trouble && <p class="problem" role="alert">{again.trouble}</p>}
    </section>
  );
}

function isEntry({ kind }: LocalRecord): boolean {
  return KINDS.some((one) => one === kind);
}

/** A check-in opens in its form; so do words, a reminder and a note for the session. What was done stays as it was. */
function Change({ record: { id, kind, deleted } }: { record: LocalRecord }) {
  if (deleted) return null;
  if (kind === "checkin") return <a class="button" href={`/check-in?entry=${id}`}>{kt("keeping.unsent.change")}</a>;
  if (kind === "message") return <a class="button" href="/settings/notes">{kt("keeping.unsent.change")}</a>;
  if (kind === "note" || kind === "card" || kind === "scene") return <a class="button" href={`/history/${id}/change`}>{kt("keeping.unsent.change")}</a>;
  return kind === "plan" ? <a class="button" href="/settings">{kt("keeping.unsent.changePlan")}</a> : null;
}

/** Asks once more on the spot. */
function Discard({ id }: { id: string }) {
  const [sure, setSure] = useState(false);
  const gone = useAction(() => discard(id));
  return (
    <>
      <button type="button" class="quiet" onClick={sure ? gone.run : () => setSure(true)} disabled={gone.busy}>
        {kt(sure ? "keeping.unsent.discard.sure" : "keeping.unsent.discard")}
      </button>
      {gone.trouble && <p class="problem" role="alert">{gone.trouble}</p>}
    </>
  );
}
