import { useMemo } from "preact/hooks";
import type { Vocabulary } from "../../exercise/types.ts";
import { checkInsOf, type Said, sumOf, type Tally, type Words as Counted, wordsOf } from "../tallies.ts";
import type { Period } from "../series.ts";
import { lt } from "../words.ts";
import { type Bar, Bars } from "../../ui/charts/bars.tsx";
import { periodWords } from "../../ui/charts/said.ts";
import { ct } from "../../ui/charts/words.ts";
import { Figure } from "./figure.tsx";
import type { Shown } from "./shown.ts";
import { Widths } from "./widths.tsx";

/** Which words were used how often, by family; own words, each with `ownMark` if there is one; and how many different ones
 *  over time. */
export function Words({ entries, period, vocabulary, ownMark }: Shown & { ownMark?: string }) {
  return useMemo(() => {
    const checkIns = checkInsOf(entries);
    return (
      <>
        <Frequencies checkIns={checkIns} period={period} vocabulary={vocabulary} ownMark={ownMark} />
        <Widths checkIns={checkIns} period={period} vocabulary={vocabulary} />
      </>
    );
  }, [entries, period.from, period.to, vocabulary, ownMark]);
}

type FrequenciesProps = { checkIns: readonly Said[]; period: Period; vocabulary: Vocabulary; ownMark: string | undefined };

function Frequencies({ checkIns, period, vocabulary, ownMark }: FrequenciesProps) {
  const counts = wordsOf(checkIns, vocabulary);
  const withWords = checkIns.filter(({ body, own_words }) => own_words.length + (body.words ?? []).length > 0);
  const families = familiesOf(counts, vocabulary);
  const { label: sharedTitle = "", words: sharedWords = [] } = vocabulary.shared ?? {};
  const unfamiliar = [...unknownIn(counts.words, vocabulary)];
  const isShared = (id: string): boolean => sharedWords.some((word) => word.id === id);
  const shared = barsOf(new Map(unfamiliar.filter(([id]) => isShared(id))), (id) => labelIn(sharedWords, id));
  const others = barsOf(new Map(unfamiliar.filter(([id]) => !isShared(id))), (id) => id);
  const [own, special] = [barsOf(counts.own, (word) => word, true), barsOf(counts.special, (id) => labelIn(vocabulary.special, id))];
  const all = [...families.flatMap(({ bar, words }) => [bar, ...words]), ...shared, ...others, ...own, ...special];
  const most = Math.max(1, ...all.map(({ own: filled, reminder }) => filled + reminder));
  const count = periodWords(ct("charts.check_ins", { n: withWords.length }), period);
  return (
    <Figure title={lt("look.words.families")} count={count} table={all.length === 0 ? null : tableOf(all)}>
      {all.length === 0 ? <p class="muted">{lt("look.words.none")}</p> : (
        <>
          {families.map(({ bar, words }) => (
            <div key={bar.key} class="bar-family">
              <Bars bars={[bar]} most={most} label={bar.label} />
              <details>
                <summary>{lt("look.words.more", { n: words.length })}<span class="visually-hidden">: {bar.label}</span></summary>
                <Bars bars={words} most={most} label={bar.label} />
              </details>
            </div>
          ))}
          <Others title={sharedTitle} bars={shared} most={most} />
          <Others title={lt("look.words.other")} bars={others} most={most} />
          <Others title={lt("look.words.own")} bars={own} most={most} mark={ownMark} />
          <Others title={lt("look.words.special")} bars={special} most={most} />
          <p class="hint">{ct("charts.key")}</p>
        </>
      )}
    </Figure>
  );
}

function Others({ title, bars, most, mark }: { title: string; bars: readonly Bar[]; most: number; mark?: string | undefined }) {
  if (bars.length === 0) return null;
  return (
    <div class="stack tight">
      <h3>{title}</h3>
      <Bars bars={bars} most={most} label={title} mark={mark} />
    </div>
  );
}

type FamilyBars = { bar: Bar; words: Bar[] };

/** Families in their own order, those that were used; each with its words, the most used first. */
function familiesOf(counts: Counted, vocabulary: Vocabulary): FamilyBars[] {
  return vocabulary.families.flatMap((family): FamilyBars[] => {
    const used = new Map(family.words.flatMap(({ id }) => (counts.words.has(id) ? [[id, counts.words.get(id) as Tally]] : [])));
    const words = barsOf(used, (id) => labelIn(family.words, id));
    const alone = counts.families.get(family.id);
    if (alone !== undefined) words.push(barOf(`${family.id} alone`, lt("look.words.family_only"), alone));
    const sum = words.reduce((all, { own, reminder }) => ({ own: all.own + own, reminder: all.reminder + reminder }), { own: 0, reminder: 0 });
    return words.length === 0 ? [] : [{ bar: barOf(family.id, family.label, sum), words }];
  });
}

/** Words that no family holds any more. */
function unknownIn(words: ReadonlyMap<string, Tally>, { families }: Vocabulary): Map<string, Tally> {
  const known = new Set(families.flatMap((family) => family.words.map(({ id }) => id)));
  return new Map([...words].filter(([id]) => !known.has(id)));
}

function barsOf(counts: ReadonlyMap<string, Tally>, label: (id: string) => string, own = false): Bar[] {
  return [...counts].sort(([, one], [, other]) => sumOf(other) - sumOf(one)).map(([id, tally]) => ({ ...barOf(id, label(id), tally), private: own }));
}

function barOf(key: string, label: string, tally: Tally): Bar {
  return { key, label, ...tally, said: String(sumOf(tally)) };
}

function labelIn(named: readonly { id: string; label: string }[], id: string): string {
  return named.find((one) => one.id === id)?.label ?? id;
}

/** The same counts, told apart by how they came. */
export function tableOf(bars: readonly Bar[], what = ct("charts.word")) {
  return { columns: [what, ct("charts.own"), ct("charts.reminder")], rows: bars.map(({ label, own, reminder }) => [label, String(own), String(reminder)]) };
}
