// Every step of an exercise, those behind a branch too, to go to.
import type { Exercise, Share, Step } from "../../exercise/types.ts";
import { canBeShown } from "./previewing.ts";
import { called } from "./own/words.ts";
import { own, readable, tt } from "./words.ts";

type Props = {
  exercise: Exercise;
  /** The step on the phone. */
  here: string | null;
  onJump: (step: string) => void;
};

export function PreviewSteps({ exercise, here, onJump }: Props) {
  return (
    <section class="stack tight" aria-labelledby="preview-steps">
      <h2 id="preview-steps">{tt("therapist.play.steps", { n: exercise.steps.length })}</h2>
      <p class="muted small">{tt("therapist.play.steps_hint")}</p>
      <ol class="preview-steps">
        {exercise.steps.map((step, at) => (
          <li key={step.id} class="preview-step" data-here={step.id === here}>
            {canBeShown(step)
              ? (
                <button type="button" class="preview-jump" aria-current={step.id === here ? "step" : undefined} onClick={() => onJump(step.id)}>
                  <span class="preview-at">{at + 1}</span><bdi>{titleOf(step)}</bdi>
                </button>
              )
              : <p class="preview-silent"><span class="preview-at">{at + 1}</span>{tt("therapist.exercises.silent")}</p>}
            <p class="muted small preview-facts">{factsOf(step).join(" · ")}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The first words of a step; those of a support card are the app's own. */
export function titleOf(step: Step | undefined): string {
  return step?.text?.split("\n\n")[0] ?? readable(step?.id ?? "");
}

/** What it is, how long it is planned to take, which rule watches over it, where its answer goes, when it is shown. */
function factsOf(step: Step): string[] {
  const rule = "rule" in step ? step.rule : null;
  return [
    called("type", canBeShown(step) && step.type === "branch" ? "branch_offer" : step.type),
    ...(step.seconds > 0 ? [tt("therapist.play.seconds", { n: step.seconds })] : []),
    ...(rule ? [tt("therapist.play.rule", { rule: own(rule) })] : []),
    ...(step.share ? [tt(`therapist.play.share_${step.share satisfies Share}`)] : []),
    ...(step.needs ? [tt("therapist.play.needs")] : []),
    ...(step.show_if ? [tt("therapist.exercises.sometimes")] : []),
    ...(step.skip === false ? [tt("therapist.exercises.required")] : []),
  ];
}
