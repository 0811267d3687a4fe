// Shorter and longer ways through it: which lengths there are, which one is usual, and what each is called.
import { useState } from "preact/hooks";
import { Chips } from "../../../ui/inputs/index.ts";
import { headed } from "./change.ts";
import { Count, Line, Pick } from "./inputs.tsx";
import { lengthsOf, lengthWorded, partOfLengths, withLength, withoutLength } from "./parts.ts";
import type { Form, FormStep } from "./types.ts";
import { ot } from "./words.ts";

type Props = { form: Form; change: (form: Form) => void };

const LONGEST = 30;
const MOST = 4;

export function Lengths({ form, change }: Props) {
  const lengths = lengthsOf(form);
  return (
    <details class="desk-more" open={lengths.length > 0 || undefined}>
      <summary>{ot("own.lengths.title")}</summary>
      <div class="stack">
        <p class="hint">{ot("own.lengths.text")}</p>
        {lengths.map(({ minutes, words }) => (
          <div key={minutes} class="stack tight">
            <Line label={ot("own.lengths.words", { n: minutes })} value={words} most={60} onInput={(next) => change(lengthWorded(form, minutes, next))} />
            <button type="button" class="quiet desk-start" aria-label={ot("own.lengths.take_which", { n: minutes })} onClick={() => change(withoutLength(form, minutes))}>{ot("own.options.take")}</button>
          </div>
        ))}
        {lengths.length > 0 && (
          <Pick label={ot("own.lengths.usual")} value={String(form.head["minutes"])} options={lengths.map(({ minutes }) => [String(minutes), ot("own.lengths.minutes", { n: minutes })])}
            onPick={(minutes) => change(headed(form, { minutes: Number(minutes) }))} />
        )}
        {lengths.length < MOST && <AddLength form={form} change={change} />}
      </div>
    </details>
  );
}

function AddLength({ form, change }: Props) {
  const [minutes, setMinutes] = useState<number | null>(null);
  const [wrong, setWrong] = useState("");
  const there = [Number(form.head["minutes"]), ...lengthsOf(form).map((one) => one.minutes)];
  const add = (): void => {
    const why = minutes === null || minutes < 1 || minutes > LONGEST ? ot("own.lengths.between", { n: LONGEST }) : there.includes(minutes) ? ot("own.lengths.there") : "";
    setWrong(why);
    if (why !== "" || minutes === null) return;
    const usual = Number(form.head["minutes"]);
    change(withLength(form, minutes, ot(minutes < usual ? "own.lengths.shorter" : "own.lengths.longer"), ot("own.lengths.usual_words")));
    setMinutes(null);
  };
  return (
    <div class="stack tight">
      <Count label={ot("own.lengths.new")} min={1} max={LONGEST} value={minutes} onCount={setMinutes} />
      <p class="problem small" role="status">{wrong}</p>
      <button type="button" class="button desk-start" onClick={add}>{ot("own.lengths.add")}</button>
    </div>
  );
}

/** Of which lengths a step is part; the last step is part of all. */
export function StepLengths({ form, step, change }: Props & { step: FormStep }) {
  const lengths = lengthsOf(form).map(({ minutes }) => minutes);
  if (lengths.length === 0 || form.steps.at(-1) === step) return null;
  const some = Array.isArray(step["lengths"]) ? (step["lengths"] as number[]) : lengths;
  return (
    <Chips label={ot("own.lengths.part_of")} multi options={lengths.map((minutes) => ({ id: String(minutes), label: ot("own.lengths.minutes", { n: minutes }) }))}
      value={some.map(String)} onChange={(picked) => change(partOfLengths(form, step, picked.map(Number)))} />
  );
}
