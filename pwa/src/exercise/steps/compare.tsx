import { numberOf } from "../answers.ts";
import { keyOf, valueOf } from "../state.ts";
import { changeIn, curveOf } from "../curve.ts";
import type { Compare, Exercise, Rate } from "../types.ts";
import { pt } from "../words.ts";
import type { StepProps } from "./props.ts";

/** Ratings of one question in neutral words: what was noticed, never a result. From three on they are drawn, and listed. */
export function CompareStep({ exercise, step, state }: StepProps<Compare>) {
  const values = step.keys.map((key) => numberOf(valueOf(exercise, state, key)));
  const change = changeIn(values);
  const several = step.keys.length > 2;
  if (change === null && !several) return <p class="lead">{pt("player.compare.missing")}</p>;
  return (
    <>
      {change !== null && <p class="lead">{pt(`player.compare.${several ? "looks_" : ""}${change.word}`, change)}</p>}
      {several && <Looks values={values} rate={rateOf(exercise, step)} />}
    </>
  );
}

const [WIDE, HIGH, EDGE] = [300, 120, 12];

/** The curve for the eye, and the same numbers as a list. What was left open is a gap in both. */
function Looks({ values, rate }: { values: readonly (number | undefined)[]; rate: Rate | undefined }) {
  const { min, max } = rate ?? { min: 0, max: 10 };
  const { lines, dots } = curveOf(values, { min, max, width: WIDE, height: HIGH, edge: EDGE });
  return (
    <div class="looks">
      <svg class="curve" viewBox={`0 0 ${WIDE} ${HIGH}`} aria-hidden="true">
        <path class="curve-frame" d={`M${EDGE} ${EDGE}V${HIGH - EDGE}H${WIDE - EDGE}`} />
        {lines.map((line) => <polyline key={line} class="curve-line" points={line} />)}
        {dots.map(({ x, y }) => <circle key={x} class="curve-dot" cx={x} cy={y} r="5" />)}
      </svg>
      <ol class="looks-list" aria-label={pt("player.compare.looks")}>
        {values.map((value, at) => (
          <li key={at}>{value === undefined ? pt("player.compare.open") : pt("player.compare.of", { n: value, max })}</li>
        ))}
      </ol>
    </div>
  );
}

function rateOf(exercise: Exercise, step: Compare): Rate | undefined {
  const found = exercise.steps.find((one) => one.type === "rate" && keyOf(one) === step.keys[0]);
  return found?.type === "rate" ? found : undefined;
}
