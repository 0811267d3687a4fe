// Who sees what of one entry, part by part.
import { useLocation, useRoute } from "preact-iso/router";
import { useMemo, useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import { newId } from "../../data/ids.ts";
import { save } from "../../data/journal.ts";
import { tellsOnlyThat } from "../../exercise/record.ts";
import type { Entry } from "../../history/entries.ts";
import { fieldsOf } from "../../history/fields.ts";
import { useEntry } from "../../history/use-entry.ts";
import { vocabulary } from "../../pair/vocabulary.ts";
import { partsIn, type Part, sharing } from "../../sharing/entries.ts";
import { names, st } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";
import { Switch } from "../../ui/inputs/index.ts";
import { exerciseIn } from "./history-list.tsx";

export default function HistorySharing() {
  const { id = "" } = useRoute().params;
  const found = useEntry(id);
  if (found === null) return <Screen title={st("sharing.entry.title")} backTo={`/history/${id}`} />;
  return found.entry === undefined ? <Gone /> : <Choose key={found.entry.id} entry={found.entry} />;
}

function Gone() {
  return (
    <Screen title={st("sharing.entry.gone")} backTo="/history">
      <p>{st("sharing.entry.gone_text")}</p>
    </Screen>
  );
}

/** Nothing changes before Save. What was there when this opened is what is changed. */
function Choose({ entry: now }: { entry: Entry }) {
  const { route } = useLocation();
  const entry = useMemo(() => now, []);
  const bare = tellsOnlyBare(entry);
  const parts = useMemo(() => (bare ? [] : partsIn(entry)), []);
  const [shared, setShared] = useState<ReadonlySet<string>>(new Set(parts.filter((part) => part.shared).map(({ key }) => key)));
  const turn = (key: string, on: boolean) => setShared(new Set(on ? [...shared, key] : [...shared].filter((one) => one !== key)));
  const keep = useAction(async () => {
    const { items, gone } = sharing(entry, shared, newId);
    await save(items, undefined, gone);
    route(`/history/${items[0]?.id ?? entry.id}`, true);
  });
  return (
    <Screen title={st("sharing.entry.title")} backTo={`/history/${entry.id}`}>
      <p class="lead">{leadOf(bare, parts)}</p>
      {parts.length > 0 && (
        <>
          <section class="card">
            {parts.map((part) => <PartSwitch key={part.key} entry={entry} part={part} on={shared.has(part.key)} turn={turn} />)}
          </section>
          {keep.trouble && <p class="problem" role="alert">{keep.trouble}</p>}
          <button type="button" class="primary wide-button" onClick={keep.run} disabled={keep.busy}>{st("sharing.entry.save")}</button>
        </>
      )}
      <a class="button wide-button" href={`/history/${entry.id}`}>{t("foundation.cancel")}</a>
    </Screen>
  );
}

/** A run of an exercise that only a therapist sets tells only that it was done; so does one of which nothing is known here. */
function tellsOnlyBare(entry: Entry): boolean {
  const exercise = exerciseIn(entry);
  return entry.kind === "run" && (exercise === null || tellsOnlyThat(exercise));
}

function leadOf(bare: boolean, parts: readonly Part[]): string {
  if (bare) return st("sharing.entry.only_that");
  return parts.length === 0 ? st("sharing.entry.nothing") : st("sharing.entry.lead", names());
}

interface PartProps {
  entry: Entry;
  part: Part;
  on: boolean;
  turn: (key: string, on: boolean) => void;
}

/** The question as the label, the answer under it. */
function PartSwitch({ entry, part, on, turn }: PartProps) {
  const alone: Entry = { ...entry, main: { ...entry.main, body: part.body }, parts: [] };
  const said = fieldsOf(alone, vocabulary.value, exerciseIn(entry));
  const whole = entry.kind === "scene" || entry.kind === "not-today";
  const label = whole ? st("sharing.entry.whole", names()) : said.map((one) => one.label).join(", ");
  const text = said.map((one) => (whole ? `${one.label}: ${one.text}` : one.text)).join(" · ");
  return <Switch label={label} description={text} on={on} onChange={(next) => turn(part.key, next)} />;
}
