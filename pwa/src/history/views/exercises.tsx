import { useMemo } from "preact/hooks";
import { dates } from "../../app/dates.ts";
import type { Exercise } from "../../exercise/types.ts";
import { keyOf } from "../../exercise/state.ts";
import { shortDay } from "../day-words.ts";
import { notEnough } from "../formulas/enough.ts";
import { beforeAfter, stoppedEarly } from "../formulas/practice.ts";
import type { Period } from "../series.ts";
import { practised, type Practised, type RunPair } from "../tallies.ts";
import { lt } from "../words.ts";
import { PairsPicture } from "../../ui/charts/pairs-picture.tsx";
import { periodWords } from "../../ui/charts/said.ts";
import { ct } from "../../ui/charts/words.ts";
import { t } from "../entry-words.ts";
import { Figure } from "./figure.tsx";
import type { Shown } from "./shown.ts";

/** What is known of an exercise by its id: its title, and what it asks. */
export type ExerciseOf = (id: string) => Exercise | undefined;

/** Each exercise with all its numbers before and after. */
export function Exercises({ entries, period, exerciseOf }: Shown & { exerciseOf: ExerciseOf }) {
  return useMemo(() => {
    const all = practised(entries);
    if (all.length === 0) return <p class="card muted">{lt("look.exercises.none")}</p>;
    return (
      <>
        {all.map((one) => <One key={one.exercise} done={one} exercise={exerciseOf(one.exercise)} period={period} />)}
        <p class="hint">{lt("look.exercises.key")}</p>
      </>
    );
  }, [entries, period.from, period.to, exerciseOf]);
}

type OneProps = { done: Practised; exercise: Exercise | undefined; period: Period };

function One({ done, exercise, period }: OneProps) {
  const title = done.title ?? exercise?.title ?? t("history.run");
  return (
    <section class="stack tight" aria-label={title}>
      {done.pairs.size === 0 ? (
        <Figure title={title} count={periodWords(endedWords(done), period)} table={null}>
          <p class="muted">{lt("look.exercises.no_pairs")}</p>
        </Figure>
      ) : [...done.pairs].map(([question, pairs]) => (
        <Pairs key={question} title={title} done={done} asked={questionOf(exercise, question)} pairs={pairs} period={period} />
      ))}
    </section>
  );
}

type Asked = { words: string; range: readonly [number, number] };
type PairsProps = { title: string; done: Practised; asked: Asked; pairs: readonly RunPair[]; period: Period };

function Pairs({ title, done, asked: { words, range }, pairs, period }: PairsProps) {
  const count = periodWords(ct("charts.pairs", { n: pairs.length }), period);
  return (
    <Figure title={title} count={count} table={{
      columns: [ct("charts.day"), ct("charts.before"), ct("charts.after")],
      rows: [...pairs].reverse().map(({ day, before, after }) => [shortDay(day, dates), String(before), String(after)]),
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

/** What was asked, as far as it is known here. */
function questionOf(exercise: Exercise | undefined, question: string): Asked {
  const step = exercise?.steps.find((one) => one.type === "rate" && keyOf(one) === `${question}_before`);
  const range: readonly [number, number] = step?.type === "rate" ? [step.min, step.max] : [0, 10];
  return { words: step?.text ?? question.replaceAll("_", " "), range };
}
