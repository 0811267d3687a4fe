// The steps in their order: each can be changed, moved, taken out and put back, and a new one goes wherever it is wanted.
import { useEffect, useRef, useState } from "preact/hooks";
import { freeId, moved, placed, removed } from "./change.ts";
import { DECIDES, freshFork, OFFERS } from "./forks.ts";
import { Pick } from "./inputs.tsx";
import { fresh, KINDS } from "./kinds.ts";
import { speakingOf, takenNames } from "./leading.ts";
import { StepCard } from "./step.tsx";
import type { Form, FormStep, Part, Problem } from "./types.ts";
import { called, ot } from "./words.ts";

type Props = { form: Form; problems: readonly Problem[]; change: (form: Form) => void };

export function Steps({ form, problems, change }: Props) {
  const [told, setTold] = useState("");
  const [out, setOut] = useState<{ at: number; step: FormStep; part: Part | undefined } | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const move = (step: FormStep, by: -1 | 1): void => {
    const next = moved(form, step.id, by);
    if (next === form) return;
    setTold(ot("own.steps.moved", { n: next.steps.findIndex(({ id }) => id === step.id) + 1 }));
    change(next);
  };
  const take = (step: FormStep, at: number): void => {
    setOut({ at, step, part: form.parts[step.id] });
    const spoken = speakingOf(form, step.id);
    const next = removed(form, step.id);
    const now = spoken.map((n) => (n > at + 1 ? n - 1 : n)).join(", ");
    setTold([ot("own.steps.out", { n: at + 1 }), ...(now === "" ? [] : [ot("own.steps.spoken", { steps: now })])].join(" "));
    change(next);
  };
  const add = (at: number, type: string): void => {
    const id = freeId(type, [...takenNames(form), ...(out === null ? [] : [out.step.id])]);
    const fork = type === DECIDES || type === OFFERS;
    const { step, part } = fork ? freshFork(form, at, type, id) : fresh(type, id);
    setOpened(id);
    setTold(ot(type === DECIDES ? "own.steps.added_fork" : "own.steps.added", { n: at + 1 }));
    change(placed(form, at, step, part));
  };
  return (
    <section class="stack" aria-labelledby="own-steps">
      <h2 id="own-steps">{ot("own.steps.title", { n: form.steps.length })}</h2>
      <p class="small own-told" role="status">{told}</p>
      {out !== null && (
        <p><button type="button" class="button" onClick={() => {
          change(placed(form, Math.min(out.at, form.steps.length), out.step, out.part));
          setOut(null);
        }}>{ot("own.steps.back", { n: out.at + 1 })}</button></p>
      )}
      <ol class="own-steps">
        {form.steps.map((step, at) => (
          <li key={step.id}>
            <StepCard form={form} step={step} at={at} problems={problems.filter((one) => one.step === step.id)} opened={opened === step.id}
              change={change} move={(by) => move(step, by)} take={() => take(step, at)} />
          </li>
        ))}
      </ol>
      <Add steps={form.steps} add={add} />
    </section>
  );
}

/** Where a new step goes, and of which kind it is. */
function Add({ steps, add }: { steps: readonly FormStep[]; add: (at: number, type: string) => void }) {
  const usual = String(Math.max(0, steps.length - 1));
  const [type, setType] = useState("say");
  const [at, setAt] = useState(usual);
  const before = useRef(usual);
  useEffect(() => {
    if (at === before.current) setAt(usual);
    before.current = usual;
  }, [usual]);
  const places = steps.map((_, n) => [String(n), ot("own.add.before", { n: n + 1 })] as const);
  return (
    <div class="card stack desk-form">
      <h3>{ot("own.add.title")}</h3>
      <Pick label={ot("own.add.kind")} hint={called("what", type)} value={type} options={[...KINDS, DECIDES, OFFERS].map((one) => [one, called("type", one)])} onPick={setType} />
      <Pick label={ot("own.add.where")} value={at} options={[...places, [String(steps.length), ot("own.add.last")]]} onPick={setAt} />
      <button type="button" class="button" onClick={() => add(Number(at), type)}>{ot("own.add.go")}</button>
    </div>
  );
}
