// What is to be put right: how many things, those of the whole here, those of a step at the step.
import { plain } from "./plain.ts";
import type { Form, Problem } from "./types.ts";
import { ot } from "./words.ts";

/** `form` is what is on the page; null where the files themselves are. */
export function Problems({ problems, form }: { problems: readonly Problem[]; form: Form | null }) {
  const steps = form === null ? null : form.steps.map(({ id }) => id);
  const elsewhere = steps === null ? [] : problems.filter(({ step }) => step === undefined || !steps.includes(step));
  const at = steps === null ? [] : [...new Set(problems.flatMap(({ step }) => (step !== undefined && steps.includes(step) ? [step] : [])))];
  return (
    <section class={problems.length > 0 ? "notice stack tight" : ""} aria-label={ot("own.problems.label")}>
      <p role="status">{problems.length === 0 ? ot("own.problems.none") : ot("own.problems.count", { n: problems.length })}</p>
      {elsewhere.length > 0 && <Sentences problems={elsewhere} {...(form !== null && { form })} />}
      {at.length > 0 && (
        <p class="row small">
          {elsewhere.length > 0 ? ot("own.problems.others") : ot("own.problems.at")}
          {at.map((step) => (
            <a key={step} class="quiet" href={`#own-${step}`} onClick={() => open(step)}>{ot("own.problems.step", { n: (steps ?? []).indexOf(step) + 1 })}</a>
          ))}
        </p>
      )}
    </section>
  );
}

/** With a form, in its words; else as they are about the files. */
export function Sentences({ problems, form }: { problems: readonly Problem[]; form?: Form }) {
  const said = [...new Set(problems.map((one) => (form === undefined ? one.says : plain(one, form))))];
  return <ul class="desk-list small own-problems">{said.map((says) => <li key={says} dir="auto">{says}</li>)}</ul>;
}

/** Opens the step, so that the way there ends at what is written. */
function open(step: string): void {
  const box = document.getElementById(`own-${step}`);
  if (box instanceof HTMLDetailsElement) box.open = true;
}
