// One step: what is read there, the words of its answers, and what can be set.
import { useEffect, useRef, useState } from "preact/hooks";
import { Switch } from "../../../ui/inputs/switch.tsx";
import { own } from "../words.ts";
import { optionsOf, partOf, set, worded } from "./change.ts";
import { Chips } from "../../../ui/inputs/index.ts";
import { Count, Line, Pick, Words } from "./inputs.tsx";
import { beyond, type Field, FIELDS, isSilent } from "./kinds.ts";
import { Fork } from "./fork.tsx";
import { isOffering, OFFERS } from "./forks.ts";
import { StepLengths } from "./lengths.tsx";
import { Options } from "./options.tsx";
import { listIn, withParts, withThird } from "./parts.ts";
import { Sentences } from "./problems.tsx";
import { forkSays } from "./says.ts";
import type { Form, FormStep, Problem } from "./types.ts";
import { When } from "./when.tsx";
import { called, ot } from "./words.ts";

type Props = {
  form: Form;
  step: FormStep;
  at: number;
  problems: readonly Problem[];
  /** It was added just now: it is open, and the words are next. */
  opened: boolean;
  change: (form: Form) => void;
  move: (by: -1 | 1) => void;
  take: () => void;
};

export function StepCard({ form, step, at, problems, opened, change, move, take }: Props) {
  const box = useRef<HTMLDetailsElement>(null);
  /** What is inside a step that nobody opened is not made: each place to go lists all steps after it. */
  const [seen, setSeen] = useState(opened);
  useEffect(() => {
    if (!opened || box.current === null) return;
    box.current.open = true;
    box.current.querySelector<HTMLElement>("textarea, select, input")?.focus();
  }, [opened]);
  const part = partOf(form, step.id);
  const silentFork = step.type === "branch" && !isOffering(step);
  const title = silentFork ? forkSays(form, step) : part.text.split("\n")[0] ?? "";
  const n = at + 1;
  return (
    <details ref={box} class="card own-step" id={`own-${step.id}`} onToggle={(event) => event.currentTarget.open && setSeen(true)}>
      <summary>
        <span class="own-step-at">{n}</span>
        <span class="own-step-words">
          <span class={silentFork ? "own-step-title says" : "own-step-title"}><bdi>{title || ot("own.step.silent")}</bdi></span>
          <span class="muted small">{called("type", isOffering(step) ? OFFERS : step.type)}{problems.length > 0 && <strong class="own-flag"> · {ot("own.step.problems", { n: problems.length })}</strong>}</span>
        </span>
      </summary>
      {seen && <div class="stack">
        {problems.length > 0 && <div class="notice warm"><Sentences problems={problems} form={form} /></div>}
        {!isSilent(step) && <Words label={ot("own.step.text")} value={part.text} rows={3} onInput={(text) => change(worded(form, step.id, { text }))} />}
        {(FIELDS[step.type] ?? []).map((field) => field.kind === "list" && (
          <Chips key={field.key} label={called("field", field.key)} multi max={field.max} value={listIn(step, field.key)}
            options={field.options.map((id) => ({ id, label: called("pick", `${field.key}_${id}`) }))}
            onChange={(parts) => parts.length > 0 && change(withParts(form, step, parts, field.options, (part) => called("pick", `asks_${part}`)))} />
        ))}
        {step.type === "branch" && <Fork form={form} step={step} change={change} />}
        <Slots form={form} step={step} change={change} />
        <Options form={form} step={step} change={change} />
        <div class="own-fields">
          {(FIELDS[step.type] ?? []).map((field) => field.kind !== "list" && (
            <Setting key={field.key} field={field} value={step[field.key]} onSet={(value) => change(set(form, step.id, { [field.key]: value }))} />
          ))}
          {step.type === "dialogue" && <Switch label={ot("own.voices.third")} on={typeof step["third"] === "string"} onChange={(on) => change(withThird(form, step, on ? ot("own.voices.fair") : null))} />}
        </div>
        <When form={form} step={step} change={change} />
        <StepLengths form={form} step={step} change={change} />
        {step.type !== "branch" && <p class="muted small">{ot("own.step.seconds", { n: step.seconds })}</p>}
        <Beyond step={step} />
        <div class="row">
          <button type="button" class="button" aria-label={ot("own.step.up_which", { n })} disabled={at === 0} onClick={() => move(-1)}>{ot("own.step.up")}</button>
          <button type="button" class="button" aria-label={ot("own.step.down_which", { n })} disabled={n === form.steps.length} onClick={() => move(1)}>{ot("own.step.down")}</button>
          <button type="button" class="quiet" aria-label={ot("own.step.take_which", { n })} onClick={take}>{ot("own.step.take")}</button>
        </div>
      </div>}
    </details>
  );
}

/** The words beside the text that are no answers of a list: the ends of a scale, a hint, a smaller way. */
function Slots({ form, step, change }: { form: Form; step: FormStep; change: (form: Form) => void }) {
  const { slots } = partOf(form, step.id);
  const options = optionsOf(step) ?? [];
  const names = [...new Set([...wanted(step), ...Object.keys(slots)])].filter((name) => !options.includes(name));
  return (
    <>
      {names.map((name) => (
        <Line key={name} label={slotLabel(step, name)} value={slots[name] ?? ""}
          onInput={(words) => change(worded(form, step.id, { slots: { ...slots, [name]: words } }))} />
      ))}
    </>
  );
}

/** The words that a step has to have beside its text. */
function wanted(step: FormStep): string[] {
  if (step.type === "dialogue") return [...listIn(step, "voices"), ...(typeof step["third"] === "string" ? [step["third"]] : []), "move"];
  if (step.type === "plan") return listIn(step, "fields");
  return step.type === "rate" ? ["low", "high"] : step.type === "move" ? ["alt"] : step.type === "text" ? ["helper"] : [];
}

function slotLabel(step: FormStep, name: string): string {
  const voice = step.type === "dialogue" ? listIn(step, "voices").indexOf(name) : -1;
  if (voice >= 0) return ot("own.voices.name", { n: voice + 1 });
  if (step.type === "dialogue" && step["third"] === name) return ot("own.voices.third_name");
  return called("field", `slot_${name}`).replace(/^slot /, "");
}

function Setting({ field, value, onSet }: { field: Exclude<Field, { kind: "list" }>; value: unknown; onSet: (value: unknown) => void }) {
  const label = called("field", field.key);
  if (field.kind === "switch") return <Switch label={label} on={value === true} onChange={(on) => onSet(on ? true : undefined)} />;
  if (field.kind === "number") {
    return (
      <Count label={label} min={field.min} max={field.max} value={typeof value === "number" ? value : null}
        onCount={(count) => onSet(count ?? (field.optional === true ? undefined : field.min))} />
    );
  }
  const options = field.options.map((one) => [one, called("pick", `${field.key}_${one}`).replace(`${field.key} `, "")] as const);
  return (
    <Pick label={label} value={typeof value === "string" ? value : ""} options={field.optional === true ? [["", called("pick", `${field.key}_none`)], ...options] : options}
      onPick={(id) => onSet(id === "" ? undefined : id)} />
  );
}

/** What only the files can change. It stays as it is. */
function Beyond({ step }: { step: FormStep }) {
  const names = beyond(step);
  if (names.length === 0) return null;
  return <p class="muted small">{ot("own.step.beyond", { names: names.map((name) => own(name)).join(", ") })}</p>;
}
