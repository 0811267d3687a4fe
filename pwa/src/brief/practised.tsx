// Exercises that were opened or left for another day, and each pair of ratings as it was said: a ring before, a dot after.
import { PairLine } from "../screens/therapist/ratings.tsx";
import { named } from "../screens/therapist/words.ts";
import { MEASURE_CODES } from "../screens/therapist/practice.ts";
import { practisedLine, reasonsLine } from "./lines.ts";
import type { Practised } from "./types.ts";
import { bt } from "./words.ts";

const SHOWN = 6;
type Props = { exercises: readonly Practised[]; titleOf: (exercise: string) => string };

export function PractisedList({ exercises, titleOf }: Props) {
  if (exercises.length === 0) return <p>{bt("brief.practice.none")}</p>;
  return (
    <ul class="brief-list">
      {exercises.map((one) => (
        <li key={one.exercise} class="stack tight">
          <p><strong><bdi>{one.title || titleOf(one.exercise)}</bdi></strong>: {practisedLine(one)}</p>
          {reasonsLine(one) !== "" && <p class="muted small">{reasonsLine(one)}</p>}
          {one.said && <p class="as-written" dir="auto">{one.said}</p>}
          {one.ratings.map(({ question, pairs }) => (
            <div key={question}>
              <p class="muted small">{named("measure", MEASURE_CODES[question] ?? "other")}</p>
              {pairs.slice(-SHOWN).map(([before, after], at) => <PairLine key={at} pair={{ before, after }} label="" />)}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
