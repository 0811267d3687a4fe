// Entries the server did not take: what they are, why, and what can be done.
import { useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { locale, t } from "../../app/words.ts";
import { discard, retry, useRecords } from "../../data/journal.ts";
import type { LocalRecord } from "../../data/types.ts";
import { useAction } from "../../ui/action.ts";
import { saveFile } from "../../ui/save-file.ts";

export default function Unsent() {
  const refused = useRecords({ states: ["refused"] });
  return (
    <Screen title={t("foundation.unsent.title")} backTo="/settings">
      {refused !== null && <p>{t(refused.length > 0 ? "foundation.unsent.text" : "foundation.unsent.none")}</p>}
      {refused?.map((record) => <Entry key={record.id} record={record} />)}
    </Screen>
  );
}

const kinds = ["checkin", "run", "note", "card", "plan"] as const;
const opened = ["checkin", "run", "note", "card"];

function Entry({ record }: { record: LocalRecord }) {
  const kind = kinds.find((one) => one === record.kind) ?? "other";
  const again = useAction(() => retry(record.id));
  const when = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(record.felt_at ?? record.saved_at);
  return (
    <section class="card" aria-labelledby={record.id}>
      <h2 id={record.id}>{t(`foundation.unsent.kind.${kind}`)}</h2>
      <p class="muted small">{when}</p>
      <p>{record.reason ?? t("foundation.unsent.noReason")}</p>
      <div class="row">
        {opened.includes(record.kind) && (
          <a class="button" href={`/history/${record.id}`}>
            {t("foundation.unsent.open")}
          </a>
        )}
        <button type="button" class="button" onClick={again.run} disabled={again.busy}>
          {t("foundation.tryAgain")}
        </button>
        <button type="button" class="quiet" onClick={() => saveFile("midweek-entry.json", JSON.stringify(record, null, 2))}>
          {t("foundation.unsent.export")}
        </button>
        <Discard id={record.id} />
      </div>
      {again.trouble && <p class="problem" role="alert">{again.trouble}</p>}
    </section>
  );
}

/** Asks once more on the spot. */
function Discard({ id }: { id: string }) {
  const [sure, setSure] = useState(false);
  const gone = useAction(() => discard(id));
  return (
    <button type="button" class="quiet" onClick={sure ? gone.run : () => setSure(true)} disabled={gone.busy}>
      {t(sure ? "foundation.unsent.discard.sure" : "foundation.unsent.discard")}
    </button>
  );
}
