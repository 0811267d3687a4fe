// The whole text of an exercise in reading order: every screen, with what may be answered there.
import type { Exercise, Step } from "../../exercise/types.ts";
import { named, readable, tt } from "./words.ts";

export function ExerciseText({ exercise }: { exercise: Exercise }) {
  return (
    <div class="stack">
      <section class="card stack tight">
        <p>{exercise.summary}</p>
        {exercise.caution && <p>{exercise.caution}</p>}
        <ul class="desk-facts muted small">
          {exercise.contraindications.map((code) => <li key={code}>{named("caution", code)}</li>)}
        </ul>
      </section>
      <ol class="stack desk-script">{exercise.steps.map((step) => <li key={step.id}><Screen step={step} /></li>)}</ol>
    </div>
  );
}

function Screen({ step }: { step: Step }) {
  const words = Object.entries(step.words);
  return (
    <article class="card stack tight">
      <p class="muted small">{facts(step)}</p>
      {step.text === null ? <p class="muted">{tt("therapist.exercises.silent")}</p> : step.text.split("\n\n").map((part) => <p key={part}>{part}</p>)}
      {words.length > 0 && <ul class="desk-list">{words.map(([id, label]) => <li key={id}>{label}</li>)}</ul>}
    </article>
  );
}

/** What kind of screen it is, how long its silence is, when it is shown, and which rule watches over it. */
function facts(step: Step): string {
  const pause = "pause" in step ? (step.pause ?? 0) : 0;
  const rule = "rule" in step ? step.rule : null;
  return [
    readable(step.type),
    ...(pause > 0 ? [tt("therapist.exercises.pause", { n: pause })] : []),
    ...(step.show_if ? [tt("therapist.exercises.sometimes")] : []),
    ...(step.skip === false ? [tt("therapist.exercises.required")] : []),
    ...(rule ? [rule] : []),
  ].join(" · ");
}
