import { useMemo } from "preact/hooks";
import type { Vocabulary } from "../../exercise/types.ts";
import { seenTogether } from "../formulas/body.ts";
import { notEnough } from "../formulas/enough.ts";
import type { Period } from "../series.ts";
import { checkInsOf, feltOf, placesOf, type Said, sumOf, type Tally } from "../tallies.ts";
import { lt } from "../words.ts";
import type { Bar } from "../../ui/charts/bars.tsx";
import { BodyPicture } from "../../ui/charts/body-picture.tsx";
import { periodWords } from "../../ui/charts/said.ts";
import { ct } from "../../ui/charts/words.ts";
import { drawn, figures, type View } from "../../ui/inputs/body-figures.ts";
import { Figure } from "./figure.tsx";
import type { Shown } from "./shown.ts";
import { tableOf } from "./words.tsx";

/** Where in the body something was felt, and which words came with it. */
export function BodyMap({ entries, period, vocabulary }: Shown) {
  return useMemo(() => {
    const checkIns = checkInsOf(entries);
    const answered = checkIns.filter(({ body }) => (body.regions ?? []).length > 0);
    const count = periodWords(lt("look.body.answers", { n: answered.length }), period);
    return (
      <>
        <Where answered={answered} count={count} vocabulary={vocabulary} />
        <Together checkIns={checkIns} period={period} count={count} vocabulary={vocabulary} />
      </>
    );
  }, [entries, period.from, period.to, vocabulary]);
}

function Where({ answered, count, vocabulary }: { answered: readonly Said[]; count: string; vocabulary: Vocabulary }) {
  const places = [...placesOf(answered)].sort(([, one], [, other]) => sumOf(other) - sumOf(one));
  const bars = places.map(([id, tally]) => barOf(id, tally, vocabulary));
  const also = bars.filter(({ key }) => !drawn.has(key)).map(countWords);
  return (
    <Figure title={lt("look.body.where")} count={count} table={bars.length === 0 ? null : tableOf(bars, ct("charts.place"))}>
      {bars.length === 0 ? <p class="muted">{lt("look.body.none")}</p> : (
        <>
          <Pictures counts={new Map(places.map(([id, tally]) => [id, sumOf(tally)]))} bars={bars} count={count} />
          {also.length > 0 && <p class="hint">{lt("look.body.also", { places: also.join(", ") })}</p>}
        </>
      )}
    </Figure>
  );
}

function Pictures({ counts, bars, count }: { counts: ReadonlyMap<string, number>; bars: readonly Bar[]; count: string }) {
  const most = Math.max(1, ...[...counts].filter(([id]) => drawn.has(id)).map(([, n]) => n));
  return (
    <div class="body-heats">
      {viewsOf(counts).map((view) => {
        const here = bars.filter(({ key }) => figures[view].zones.some(({ id }) => id === key)).map(countWords);
        const name = `${ct(`charts.${view}`)}. ${ct("charts.body_named", { count, places: here.join(", ") })}`;
        return (
          <div key={view} class={`body-heat-of ${view}`}>
            <BodyPicture view={view} places={counts} most={most} name={name} />
            <p class="chart-end" aria-hidden="true">{ct(`charts.${view}`)}</p>
          </div>
        );
      })}
    </div>
  );
}

/** Front and back always; the head by itself when something was felt in it that they don't show. */
function viewsOf(counts: ReadonlyMap<string, number>): View[] {
  const whole = new Set([...figures.front.zones, ...figures.back.zones].map(({ id }) => id));
  return figures.head.zones.some(({ id }) => counts.has(id) && !whole.has(id)) ? ["front", "back", "head"] : ["front", "back"];
}

type TogetherProps = { checkIns: readonly Said[]; period: Period; count: string; vocabulary: Vocabulary };

function Together({ checkIns, count, vocabulary }: TogetherProps) {
  const pairs = seenTogether(feltOf(checkIns, vocabulary));
  return (
    <section class="card stack tight" aria-labelledby="look-together">
      <h2 id="look-together">{lt("look.together")}</h2>
      <p class="hint">{count}</p>
      {notEnough(pairs) ? <p class="muted">{lt("look.together.short", pairs)}</p> : (
        <>
          {pairs.length === 0 ? <p>{lt("look.together.none")}</p> : (
            <ul class="plain-list">{pairs.map((pair) => (
              <li key={`${pair.word} ${pair.region}`}>
                {lt("look.together.pair", { ...pair, word: wordLabel(pair.word, vocabulary), region: placeLabel(pair.region, vocabulary) })}
              </li>
            ))}</ul>
          )}
          <p class="hint">{lt("look.together.what")}</p>
        </>
      )}
    </section>
  );
}

function barOf(id: string, tally: Tally, vocabulary: Vocabulary): Bar {
  return { key: id, label: placeLabel(id, vocabulary), ...tally, said: String(sumOf(tally)) };
}

function countWords({ label, own, reminder }: Bar): string {
  return lt("look.body.count", { place: label, n: own + reminder });
}

function placeLabel(id: string, { regions }: Vocabulary): string {
  return regions.find((one) => one.id === id)?.label ?? id;
}

function wordLabel(id: string, { families, shared }: Vocabulary): string {
  return [...families.flatMap(({ words }) => words), ...families, ...(shared?.words ?? [])].find((one) => one.id === id)?.label ?? id;
}
