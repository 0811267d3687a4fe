import { useMemo } from "preact/hooks";
import { locale } from "../../app/words.ts";
import { exerciseOf } from "../../data/library.ts";
import { keyOf } from "../../exercise/state.ts";
import { shortDay } from "../../history/day-words.ts";
import { notEnough } from "../../history/formulas/enough.ts";
import { beforeAfter, stoppedEarly } from "../../history/formulas/practice.ts";
import type { Period } from "../../history/series.ts";
import { practised, type Practised, type RunPair } from "../../history/tallies.ts";
import { lt } from "../../history/words.ts";
import { PairsPicture } from "../../ui/charts/pairs-picture.tsx";
import { periodWords } from "../../ui/charts/said.ts";
import { ct } from "../../ui/charts/words.ts";
import { t } from "../../app/words.ts";
import { Figure, Opening, type Shown, useShown } from "./history-figure.tsx";
import { Look, PeriodChoice } from "./history-look.tsx";

/** Each exercise with all its numbers before and after. */
export function Exercises() {
  const shown = useShown(["run"]);
  return (
    <Look view="exercises" title={lt("look.view.exercises")}>
      <PeriodChoice />
      {shown === null ? <Opening /> : <All {...shown} />}
    </Look>
  );
}

export default Exercises;

function All({ entries, period }: Shown) {
  return useMemo(() => {
    const all = practised(entries);
    if (all.length === 0) return <p class="card muted">{lt("look.exercises.none")}</p>;
    return (
      <>
        {all.map((one) => <One key={one.exercise} done={one} period={period} />)}
        <p class="hint">{lt("look.exercises.key")}</p>
      </>
    );
  }, [entries, period.from, period.to]);
}

function One({ done, period }: { done: Practised; period: Period }) {
  const title = done.title ?? exerciseOf(done.exercise)?.title ?? t("history.run");
  return (
    <section class="stack tight" aria-label={title}>
      {done.pairs.size === 0 ? (
        <Figure title={title} count={periodWords(endedWords(done), period)} table={null}>
          <p class="muted">{lt("look.exercises.no_pairs")}</p>
        </Figure>
      ) : [...done.pairs].map(([question, pairs]) => (
        <Pairs key={question} title={title} done={done} question={question} pairs={pairs} period={period} />
      ))}
    </section>
  );
}

type PairsProps = { title: string; done: Practised; question: string; pairs: readonly RunPair[]; period: Period };

function Pairs({ title, done, question, pairs, period }: PairsProps) {
  const { words, range } = questionOf(done.exercise, question);
  const count = periodWords(ct("charts.pairs", { n: pairs.length }), period);
  return (
    <Figure title={title} count={count} table={{
      columns: [ct("charts.day"), ct("charts.before"), ct("charts.after")],
      rows: [...pairs].reverse().map(({ day, before, after }) => [shortDay(day, locale), String(before), String(after)]),
    }}>
      <p>{words}</p>
      <div class="chart-box">
        <p class="chart-end">{range[1]}</p>
        <PairsPicture pairs={pairs} range={range} name={`${title}. ${words} ${ct("charts.pairs_named", { count })} ${changeWords(pairs)}`} />
        <p class="chart-end">{range[0]}</p>
      </div>
      <p>{changeWords(pairs)}</p>
      <p class="hint">{endedWords(done)}</p>
    </Figure>
  );
}

/** How many were lower, the same and higher; from six on the middle of all differences. */
function changeWords(pairs: readonly RunPair[]): string {
  const found = beforeAfter(pairs.map(({ before, after }) => [before, after]));
  if (notEnough(found)) return "";
  const { median } = found;
  const middle = notEnough(median) ? lt("look.exercises.median_short", median) : lt("look.exercises.median", { d: pointsWords(median) });
  return `${lt("look.exercises.counts", found)} ${middle}`;
}

function pointsWords(points: number): string {
  if (points === 0) return lt("look.exercises.same");
  return lt(points < 0 ? "look.exercises.lower" : "look.exercises.higher", { n: Math.abs(points) });
}

function endedWords({ endings }: Practised): string {
  const found = stoppedEarly(endings);
  if (notEnough(found)) return "";
  const ended = endings.filter((one) => one === "finished").length;
  const stopped = found.stopped === 0 ? "" : ` ${lt("look.exercises.stopped", { n: found.stopped })}`;
  return lt("look.exercises.done", { n: found.started, ended }) + stopped;
}

/** What was asked, as far as this phone knows it. */
function questionOf(id: string, question: string): { words: string; range: readonly [number, number] } {
  const step = exerciseOf(id)?.steps.find((one) => one.type === "rate" && keyOf(one) === `${question}_before`);
  const range: readonly [number, number] = step?.type === "rate" ? [step.min, step.max] : [0, 10];
  return { words: step?.text ?? question.replaceAll("_", " "), range };
}
