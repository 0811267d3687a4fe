// When a step is shown, and which one comes after it: for most steps always, and the next.
import type { Condition } from "../../../exercise/types.ts";
import { Switch } from "../../../ui/inputs/switch.tsx";
import { askedAbove, freshTest } from "./asked.ts";
import { set } from "./change.ts";
import { Compared, Looks } from "./condition.tsx";
import { withCondition } from "./forks.ts";
import { Towards } from "./towards.tsx";
import type { Form, FormStep } from "./types.ts";
import { ot } from "./words.ts";

type Props = { form: Form; step: FormStep; change: (form: Form) => void };

export function When({ form, step, change }: Props) {
  const condition = step["show_if"] as Condition | undefined;
  const { next } = step;
  const fork = step.type === "branch" || step.type === "close";
  const above = askedAbove(form, step.id);
  const onward = !fork && typeof next !== "object" && form.steps.at(-1) !== step;
  if (condition === undefined && above.length === 0 && !onward) return null;
  const turn = (on: boolean): void => {
    const last = above.at(-1);
    change(withCondition(form, step, "show_if", on && last ? { on: last.key, ...freshTest(last.step) } : undefined));
  };
  return (
    <details class="desk-more" open={condition !== undefined || typeof next === "string" || undefined}>
      <summary>{ot("own.when.title")}</summary>
      <div class="stack">
        {(condition !== undefined || above.length > 0) && <Switch label={ot("own.when.sometimes")} on={condition !== undefined} onChange={turn} />}
        {condition !== undefined && (
          <>
            <Looks form={form} step={step} label={ot("own.fork.looks")} value={condition.on}
              onPick={(on) => change(withCondition(form, step, "show_if", { on, ...freshTest(above.find(({ key }) => key === on)?.step) }))} />
            <div class="own-fields">
              <Compared form={form} asked={condition.on} test={condition} onTest={(test) => change(withCondition(form, step, "show_if", { on: condition.on, ...test }))} />
            </div>
          </>
        )}
        {onward && <Towards form={form} step={step} label={ot("own.when.after")} value={typeof next === "string" ? next : "next"} onPick={(target) => change(set(form, step.id, { next: target === "next" ? undefined : target }))} />}
      </div>
    </details>
  );
}
