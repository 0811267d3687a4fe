// A fork: by an answer from above it goes one way or another unseen, or it offers choices.
import type { Condition, Test } from "../../../exercise/types.ts";
import { useId, useRef, useState } from "preact/hooks";
import { partOf, set, withoutOption, worded } from "./change.ts";
import { Compared, Looks } from "./condition.tsx";
import { casesOf, caseUp, isOffering, lookedAt, looking, offered, offerLeads, withCase, withCondition, withGo, withoutCase, withOffer, withTest } from "./forks.ts";
import { listIn } from "./parts.ts";
import { Towards } from "./towards.tsx";
import type { Form, FormStep } from "./types.ts";
import { ot } from "./words.ts";

type Props = { form: Form; step: FormStep; change: (form: Form) => void };

export function Fork(props: Props) {
  const { form, step, change } = props;
  return (
    <>
      <Looks form={form} step={step} label={ot("own.fork.looks")} value={lookedAt(step)} onPick={(key) => change(looking(form, step, key))} />
      {isOffering(step) ? <Offering {...props} /> : <Deciding {...props} />}
    </>
  );
}

function Deciding({ form, step, change }: Props) {
  const cases = casesOf(step);
  const more = useRef<HTMLButtonElement>(null);
  /** The keyboard goes on from where another can be added. */
  const take = (at: number): void => {
    more.current?.focus();
    change(withoutCase(form, step, at));
  };
  return (
    <>
      {cases.map((one, at) => (
        <fieldset key={at} class="own-way stack tight">
          <legend class="label">{ot("own.fork.way", { n: at + 1 })}</legend>
          <div class="own-fields">
            <Compared form={form} asked={lookedAt(step)} test={one} onTest={(test) => change(withTest(form, step, at, test))} />
          </div>
          <Towards form={form} step={step} label={ot("own.fork.go")} value={one.go} onPick={(go) => change(withGo(form, step, at, go))} />
          <div class="row">
            {at > 0 && <button type="button" class="quiet" aria-label={ot("own.fork.up_which", { n: at + 1 })} onClick={() => change(caseUp(form, step, at))}>{ot("own.fork.up")}</button>}
            {cases.length > 1 && <button type="button" class="quiet" aria-label={ot("own.fork.take_which", { n: at + 1 })} onClick={() => take(at)}>{ot("own.options.take")}</button>}
          </div>
        </fieldset>
      ))}
      <p><button ref={more} type="button" class="button" onClick={() => change(withCase(form, step))}>{ot("own.fork.add")}</button></p>
      <Towards form={form} step={step} label={ot("own.fork.otherwise")} value={typeof step["otherwise"] === "string" ? step["otherwise"] : "next"}
        onPick={(otherwise) => change(set(form, step.id, { otherwise }))} />
      {cases.length > 1 && <p class="hint">{ot("own.fork.first")}</p>}
    </>
  );
}

function Offering(props: Props) {
  const { form, step, change } = props;
  const condition = (step["offers_if"] ?? { on: "" }) as Condition;
  const { slots } = partOf(form, step.id);
  const choices = listIn(step, "offer");
  const field = useId();
  const take = (option: string): void => {
    document.getElementById(field)?.focus();
    change(withoutOption(form, step.id, option));
  };
  return (
    <>
      <div class="own-fields">
        <Compared form={form} asked={condition.on} test={condition} onTest={(test: Test) => change(withCondition(form, step, "offers_if", { on: condition.on, ...test }))} />
      </div>
      <fieldset class="stack tight">
        <legend class="label">{ot("own.fork.choices")}</legend>
        {choices.map((option, at) => (
          <div key={option} class="own-way stack tight">
            <div class="own-option">
              <input class="input" dir="auto" maxLength={120} aria-label={ot("own.fork.choice", { n: at + 1 })} value={slots[option] ?? ""}
                onInput={(event) => change(worded(form, step.id, { slots: { ...slots, [option]: event.currentTarget.value } }))} />
              <button type="button" class="quiet" aria-label={ot("own.options.take_which", { words: slots[option] ?? option })} onClick={() => take(option)}>{ot("own.options.take")}</button>
            </div>
            <Towards form={form} step={step} label={ot("own.fork.choice_leads", { n: at + 1 })} value={offered(step)[option] ?? "next"} onPick={(target) => change(offerLeads(form, step, option, target))} />
          </div>
        ))}
        <AddChoice {...props} field={field} />
      </fieldset>
      <p class="hint">{ot("own.fork.otherwise_on")}</p>
    </>
  );
}

function AddChoice({ form, step, change, field }: Props & { field: string }) {
  const [label, setLabel] = useState("");
  const add = (): void => {
    if (label.trim() === "") return document.getElementById(field)?.focus();
    change(withOffer(form, step, label.trim()));
    setLabel("");
  };
  return (
    <div class="own-option">
      <input id={field} class="input" dir="auto" maxLength={120} aria-label={ot("own.fork.new")} placeholder={ot("own.fork.new")} value={label}
        onInput={(event) => setLabel(event.currentTarget.value)} />
      <button type="button" class="button" onClick={add}>{ot("own.options.add")}</button>
    </div>
  );
}
