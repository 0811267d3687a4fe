// The answers a step offers, and their words.
import { useId, useState } from "preact/hooks";
import { optionsOf, partOf, withOption, withoutOption, worded } from "./change.ts";
import { leading, leads } from "./parts.ts";
import { Towards } from "./towards.tsx";
import type { Form, FormStep } from "./types.ts";
import { called, ot } from "./words.ts";

type Props = { form: Form; step: FormStep; change: (form: Form) => void };

/** What a goodbye can offer; each leads where its name says. */
const OFFERS = ["done", "again", "share", "ground", "bring", "help"];

export function Options({ form, step, change }: Props) {
  const options = optionsOf(step);
  const name = useId();
  if (options === null || step.type === "branch") return null;
  const { slots } = partOf(form, step.id);
  return (
    <fieldset class="stack tight">
      <legend class="label">{ot("own.options.title")}</legend>
      {options.map((option, n) => (
        <div key={option} class="own-option">
          <input class="input" dir="auto" maxLength={120} id={`${name}-${option}`} aria-label={ot("own.options.words", { n: n + 1 })} value={slots[option] ?? ""}
            onInput={(event) => change(worded(form, step.id, { slots: { ...slots, [option]: event.currentTarget.value } }))} />
          <button type="button" class="quiet" aria-label={ot("own.options.take_which", { words: slots[option] ?? option })}
            onClick={() => change(withoutOption(form, step.id, option))}>{ot("own.options.take")}</button>
          {step.type === "choice" && (step["multi"] !== true || option in leads(step)) && <Leads form={form} step={step} option={option} n={n + 1} change={change} />}
        </div>
      ))}
      {step.type === "close" ? <AddOffer form={form} step={step} change={change} /> : <AddAnswer form={form} step={step} change={change} />}
    </fieldset>
  );
}

/** Where an answer leads: on to the next step, to a later one, or out. */
function Leads({ form, step, option, n, change }: Props & { option: string; n: number }) {
  if (typeof step["next"] === "string") return null;
  return (
    <Towards form={form} step={step} label={ot("own.leads.label", { n })} value={leads(step)[option] ?? "next"}
      onPick={(target) => change(leading(form, step, option, target === "next" ? "" : target))} />
  );
}

function AddAnswer({ form, step, change }: Props) {
  const [label, setLabel] = useState("");
  const field = useId();
  const add = (): void => {
    if (label.trim() === "") return document.getElementById(field)?.focus();
    change(withOption(form, step.id, label.trim()));
    setLabel("");
  };
  return (
    <div class="own-option">
      <input id={field} class="input" dir="auto" maxLength={120} aria-label={ot("own.options.new")} placeholder={ot("own.options.new")} value={label}
        onInput={(event) => setLabel(event.currentTarget.value)} />
      <button type="button" class="button" onClick={add}>{ot("own.options.add")}</button>
    </div>
  );
}

function AddOffer({ form, step, change }: Props) {
  const there = optionsOf(step) ?? [];
  const left = OFFERS.filter((offer) => !there.includes(offer));
  return (
    <div class="row">
      {left.map((offer) => (
        <button key={offer} type="button" class="quiet" onClick={() => change(withOption(form, step.id, called("pick", `offer_${offer}`), offer))}>
          {ot("own.options.offer", { words: called("pick", `offer_${offer}`) })}
        </button>
      ))}
    </div>
  );
}
