// Entries kept although the server no longer lists them: which they are, and the ways out. Nothing happens until one is
// chosen.
import { useState } from "preact/hooks";
import { kt, whenWords } from "../../app/keeping-words.ts";
import { Screen } from "../../app/shell.tsx";
import { releaseKept, resendKept } from "../../data/kept.ts";
import type { LocalRecord } from "../../data/types.ts";
import { useKept } from "../../data/use-kept.ts";
import { entriesOf } from "../../history/entries.ts";
import { summaryLine, titleOf } from "../../history/fields.ts";
import { vocabulary } from "../../pair/vocabulary.ts";
import { type Action, useAction } from "../../ui/action.ts";
import { Icon } from "../../ui/icon.tsx";
import { Ask } from "./history-ask.tsx";
import { saveEverything } from "./settings.tsx";

const PAGE = 20;
type Outcome = "resent" | "removed";

export default function Kept() {
  const records = useKept();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const title = kt("keeping.kept.title");
  if (outcome !== null) return <Done title={title} text={kt(`keeping.kept.${outcome}`)} />;
  if (records === null) return <Screen title={title} backTo="/settings" />;
  if (records.length === 0) return <Done title={title} text={kt("keeping.kept.none")} />;
  return (
    <Screen title={title} backTo="/settings">
      <p>{kt("keeping.kept.text", { n: records.length })}</p>
      <Which records={records} />
      <Ways n={records.length} onDone={setOutcome} />
    </Screen>
  );
}

function Done({ title, text }: { title: string; text: string }) {
  return (
    <Screen title={title} backTo="/settings">
      <p role="status">{text}</p>
      <p><a class="button" href="/settings">{kt("keeping.kept.to_settings")}</a></p>
    </Screen>
  );
}

/** The entries by name, each to be opened; what is no entry is only counted. */
function Which({ records }: { records: readonly LocalRecord[] }) {
  const [limit, setLimit] = useState(PAGE);
  const entries = entriesOf(records);
  const small = records.length - entries.reduce((sum, { parts }) => sum + 1 + parts.length, 0);
  const more = Math.min(PAGE, entries.length - limit);
  return (
    <section class="stack tight" aria-labelledby="which">
      <h2 id="which">{kt("keeping.kept.which")}</h2>
      {entries.length > 0 && (
        <ul class="rows">
          {entries.slice(0, limit).map((entry) => (
            <li key={entry.id}>
              <a class="row-link" href={`/history/${entry.id}`}>
                <span>
                  <strong>{titleOf(entry, vocabulary.value)}</strong>
                  <br />
                  <span class="muted small">{[whenWords(entry.at), summaryLine(entry)].filter((words) => words !== "").join(" · ")}</span>
                </span>
                <Icon name="forward" turns />
              </a>
            </li>
          ))}
        </ul>
      )}
      {more > 0 && (
        <button type="button" class="button wide-button" onClick={() => setLimit(limit + PAGE)}>{kt("keeping.kept.more", { n: more })}</button>
      )}
      {small > 0 && <p class="muted">{kt("keeping.kept.small", { n: small })}</p>}
    </section>
  );
}

function Ways({ n, onDone }: { n: number; onDone: (outcome: Outcome) => void }) {
  const [asking, setAsking] = useState(false);
  const [copied, setCopied] = useState(false);
  const resend = useAction(() => resendKept().then(() => onDone("resent")));
  const release = useAction(() => releaseKept().then(() => onDone("removed")));
  const copy = useAction(() => saveEverything().then(() => setCopied(true)));
  const onYes = () => {
    setAsking(false);
    release.run();
  };
  return (
    <section class="stack" aria-labelledby="choose">
      <h2 id="choose">{kt("keeping.kept.choose")}</h2>
      <Way action={resend} look="primary" label={kt("keeping.kept.resend")} hint={kt("keeping.kept.resend_hint")} />
      <Way action={copy} look="button" label={kt(copied ? "keeping.kept.exported" : "keeping.kept.export")} hint={kt("keeping.kept.export_hint")} />
      <Way action={{ ...release, run: () => setAsking(true) }} look="button" label={kt("keeping.kept.remove")} hint={kt("keeping.kept.remove_text")} />
      {asking && (
        <Ask title={kt("keeping.kept.remove_ask", { n })} text={kt("keeping.kept.remove_text")} yes={kt("keeping.kept.remove_yes")}
          onYes={onYes} onNo={() => setAsking(false)} />
      )}
    </section>
  );
}

interface WayProps {
  action: Action;
  look: "primary" | "button";
  label: string;
  hint: string;
}

function Way({ action, look, label, hint }: WayProps) {
  return (
    <div class="stack tight">
      <button type="button" class={look} onClick={action.run} disabled={action.busy}>{label}</button>
      <p class="hint">{hint}</p>
      {action.trouble && <p class="problem" role="alert">{action.trouble}</p>}
    </div>
  );
}
