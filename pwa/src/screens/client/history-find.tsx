import { signal } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import { dates } from "../../app/dates.ts";
import { t } from "../../history/entry-words.ts";
import { me } from "../../data/session.ts";
import { dayLabel } from "../../history/day-words.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { type Entry, type EntryKind, KINDS } from "../../history/entries.ts";
import { ANYTHING, type Wanted } from "../../history/finding.ts";
import type { Found } from "../../history/looking.ts";
import { useFound } from "../../history/use-found.ts";
import { WordOptions } from "../../history/views/word-options.tsx";
import { Choice } from "../../ui/inputs/choice.tsx";
import { lt } from "../../history/words.ts";
import { LENGTHS } from "../../history/views/period-choice.tsx";
import { vocabulary } from "../../pair/vocabulary.ts";
import { Look } from "./history-look.tsx";
import { exerciseIn, Rows, timeWords } from "./history-row.tsx";

/** What was looked for last, in memory only and for this person only: it is there again on the way back from an entry. */
const last = signal<{ who: string | undefined; wanted: Wanted }>({ who: undefined, wanted: ANYTHING });

/** Finds entries by what they say. Everything happens on this phone, also without a network. */
export function Find() {
  const who = me.value?.id;
  const wanted = last.value.who === who ? last.value.wanted : ANYTHING;
  const change = (part: Partial<Wanted>) => {
    last.value = { who, wanted: { ...wanted, ...part } };
  };
  const found = useFound(wanted, vocabulary.value, exerciseIn);
  return (
    <Look view="find" title={lt("look.view.find")}>
      <form class="stack" role="search" onSubmit={(event) => event.preventDefault()}>
        <div class="field">
          <label for="look-text">{lt("look.find.label")}</label>
          <input id="look-text" class="input" type="search" autocomplete="off" autocapitalize="none" spellcheck={false} enterkeyhint="search"
            aria-describedby="look-hint" value={wanted.text} onInput={(event) => change({ text: event.currentTarget.value })} />
          <p id="look-hint" class="hint">{lt("look.find.hint")}</p>
        </div>
        <Filters wanted={wanted} change={change} />
      </form>
      <p class="muted" role="status">{found === null ? lt("look.find.start") : foundWords(found)}</p>
      {found !== null && <Hits key={JSON.stringify(wanted)} found={found} />}
    </Look>
  );
}

export default Find;

type FiltersProps = { wanted: Wanted; change: (part: Partial<Wanted>) => void };

function Filters({ wanted, change }: FiltersProps) {
  const { kind, word, notes, days } = wanted;
  const [open] = useState(kind !== null || word !== null || notes || days !== null);
  return (
    <details class="look-filters" open={open}>
      <summary>{lt("look.find.filters")}</summary>
      <div class="stack">
        <Choice label={lt("look.find.kind")} value={kind ?? ""} onPick={(value) => change({ kind: value === "" ? null : value as EntryKind })}>
          <option value="">{lt("look.find.any")}</option>
          {KINDS.map((one) => <option key={one} value={one}>{lt(`look.find.kind.${one}`)}</option>)}
        </Choice>
        <Choice label={lt("look.find.word")} value={word ?? ""} onPick={(value) => change({ word: value === "" ? null : value })}>
          <option value="">{lt("look.find.any")}</option>
          <WordOptions vocabulary={vocabulary.value} />
        </Choice>
        <Choice label={lt("look.find.period")} value={days === null ? "" : String(days)} onPick={(value) => change({ days: value === "" ? null : Number(value) })}>
          <option value="">{lt("look.find.ever")}</option>
          {LENGTHS.map((one) => <option key={one} value={String(one)}>{lt("look.find.last", { n: one })}</option>)}
        </Choice>
        <label class="check">
          <input type="checkbox" checked={notes} onChange={(event) => change({ notes: event.currentTarget.checked })} />
          {lt("look.find.notes")}
        </label>
        <button type="button" class="button" onClick={() => change({ ...ANYTHING })}>{lt("look.find.clear")}</button>
      </div>
    </details>
  );
}

function foundWords({ entries: { length: n }, done }: Found): string {
  if (!done) return n === 0 ? lt("look.find.looking") : lt("look.find.so_far", { n });
  return n === 0 ? lt("look.find.none") : lt("look.find.found", { n });
}

const PAGE = 12;

function Hits({ found: { entries } }: { found: Found }) {
  const [limit, setLimit] = useState(PAGE);
  const shown = Math.min(limit, entries.length);
  const rows = useMemo(() => shown > 0 && <Rows entries={entries.slice(0, shown)} when={whenWords} />, [shown, shown === 0 ? null : entries[0]?.main]);
  return (
    <>
      {rows}
      {entries.length > limit && (
        <button type="button" class="button wide-button" onClick={() => setLimit(limit + PAGE)}>{t("history.older")}</button>
      )}
    </>
  );
}

function whenWords(entry: Entry): string {
  return `${dayLabel(entry.day, localDay(Date.now(), zoneHere()), dates, t)} · ${timeWords(entry)}`;
}
