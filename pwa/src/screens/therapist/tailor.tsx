// Other words for a step, for this client alone.
import { useEffect, useRef, useState } from "preact/hooks";
import { changeable, cleaned, MOST_STEPS, MOST_WORDS, tooLong, wordsIn } from "../../exercise/tailored.ts";
import type { Exercise, Step } from "../../exercise/types.ts";
import { type Asked, fitting, type Missing, withTexts } from "./assigning.ts";
import { titleOf } from "./preview-steps.tsx";
import { own, tt } from "./words.ts";

type Props = { exercise: Exercise; form: Asked; gaps: Missing; change: (part: Partial<Asked>) => void };

/** The steps with other words, and the choice of one more: of those that this client gets. */
export function TailorFields({ exercise: whole, form, gaps, change }: Props) {
  const [added, setAdded] = useState<string | null>(null);
  useEffect(() => {
    const fit = fitting(form.tailored, whole);
    if (Object.keys(fit).length < Object.keys(form.tailored).length) change({ tailored: fit });
  }, [whole.id, whole.version]); // words of a step that waits for its text stay with it
  const exercise = withTexts(whole, form.texts);
  const steps = changeable(exercise);
  const chosen = steps.filter(({ id }) => Object.hasOwn(form.tailored, id));
  const without = (id: string): void => change({ tailored: Object.fromEntries(Object.entries(form.tailored).filter(([step]) => step !== id)) });
  if (steps.length === 0) return null;
  return (
    <details class="desk-more" open={chosen.length > 0 || undefined}>
      <summary>{tt("therapist.tailor.title")}</summary>
      <div class="stack">
        <p class="hint">{tt("therapist.tailor.hint")}</p>
        {steps.length < changeable(whole).length && <p class="hint">{tt("therapist.tailor.waits")}</p>}
        {chosen.map((step, at) => (
          <Words key={step.id} step={step} place={placeOf(exercise, step)} id={at === 0 ? "assign-tailored" : `assign-tailored-${step.id}`}
            words={form.tailored[step.id] ?? ""} gap={gaps.tailored === undefined ? "" : wrong(form.tailored[step.id] ?? "")} focus={added === step.id}
            onInput={(words) => change({ tailored: { ...form.tailored, [step.id]: words } })} onBack={() => without(step.id)} />
        ))}
        {chosen.length < MOST_STEPS && (
          <Choose exercise={exercise} steps={steps.filter((step) => !chosen.includes(step))} onChoose={(step) => {
            setAdded(step.id);
            change({ tailored: { ...form.tailored, [step.id]: step.text ?? "" } });
          }} />
        )}
      </div>
    </details>
  );
}

/** What is wrong with the words of one step; nothing, mostly. */
function wrong(words: string): string {
  const text = cleaned(words);
  if (text === "") return tt("therapist.tailor.empty");
  return tooLong(text) ? tt("therapist.tailor.long") : "";
}

function placeOf({ steps }: Exercise, step: Step): number {
  return steps.indexOf(step) + 1;
}

type WordsProps = {
  step: Step; place: number; id: string; words: string; gap: string; focus: boolean; onInput: (words: string) => void; onBack: () => void;
};

function Words({ step, place, id, words, gap, focus, onInput, onBack }: WordsProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focus) field.current?.focus();
  }, []);
  const text = cleaned(words);
  return (
    <div class="field">
      <label for={id}>{tt("therapist.tailor.words", { n: place })}</label>
      <p id={`${id}-own`} class="hint">{tt("therapist.tailor.own", { words: own((step.text ?? "").replaceAll("\n\n", " ")) })}</p>
      <textarea ref={field} id={id} class="input" dir="auto" rows={4} value={words} aria-invalid={gap !== ""}
        aria-describedby={gap === "" ? `${id}-own ${id}-room` : `${id}-own ${id}-room ${id}-gap`} onInput={(event) => onInput(event.currentTarget.value)} />
      <p id={`${id}-room`} class={tooLong(text) ? "problem small" : "hint"}>{tt("therapist.tailor.room", { n: wordsIn(text), most: MOST_WORDS })}</p>
      {gap !== "" && <p id={`${id}-gap`} class="problem small">{gap}</p>}
      <button type="button" class="quiet desk-start" aria-label={tt("therapist.tailor.back_which", { n: place })} onClick={onBack}>{tt("therapist.tailor.back")}</button>
    </div>
  );
}

function Choose({ exercise, steps, onChoose }: { exercise: Exercise; steps: readonly Step[]; onChoose: (step: Step) => void }) {
  const [id, setId] = useState("");
  const step = steps.find((one) => one.id === id) ?? steps[0];
  if (step === undefined) return null;
  return (
    <div class="field">
      <label for="tailor-step">{tt("therapist.tailor.step")}</label>
      <select id="tailor-step" class="input" value={step.id} onChange={(event) => setId(event.currentTarget.value)}>
        {steps.map((one) => <option key={one.id} value={one.id}>{`${placeOf(exercise, one)}. ${titleOf(one)}`}</option>)}
      </select>
      <button type="button" class="button desk-start" onClick={() => onChoose(step)}>{tt("therapist.tailor.go")}</button>
    </div>
  );
}
