import type { ComponentChildren } from "preact";
import {
  type Asked, doses, hasLimit, HIGHEST_LIMIT, isGuarded, type Missing, needsScene, REASON_MAX, SCENE_MAX, writesTogether,
} from "./assigning.ts";
import { weekdays } from "../../reminders/words.ts";
import { Chips } from "../../ui/inputs/index.ts";
import { dose } from "./assignments.tsx";
import type { Assignable } from "./types.ts";
import { type TherapistKey, tt } from "./words.ts";

type Props = {
  form: Asked; card: Assignable; today: string; gaps: Missing; change: (part: Partial<Asked>) => void;
};

export function AssignFields({ form, card, today, gaps, change }: Props) {
  return (
    <>
      <Field name="times" label="therapist.assign.dose">
        <select id="assign-times" class="input" value={form.times === null ? "once" : String(form.times)}
          onChange={({ currentTarget: { value } }) => change({ times: value === "once" ? null : Number(value) })}>
          <option value="once">{dose(null)}</option>
          {doses(card).map((n) => <option key={n} value={String(n)}>{dose(n)}</option>)}
        </select>
      </Field>
      <Field name="until" label="therapist.assign.until" hint={isGuarded(card) ? "therapist.assign.untilGuarded" : "therapist.assign.untilHint"} gap={gaps.until}>
        <input id="assign-until" class="input desk-date" type="date" min={today} value={form.until} {...told("until", gaps.until)}
          onInput={(event) => change({ until: event.currentTarget.value })} />
      </Field>
      <Field name="reason" label="therapist.assign.reason" hint="therapist.assign.reasonHint" gap={gaps.reason}>
        <textarea id="assign-reason" class="input" dir="auto" rows={3} value={form.reason} {...told("reason", gaps.reason)}
          onInput={(event) => change({ reason: event.currentTarget.value })} />
        <Room left={REASON_MAX - form.reason.length} />
      </Field>
      <Field name="remind_at" label="therapist.assign.remind" hint="therapist.assign.remindHint">
        <input id="assign-remind_at" class="input desk-date" type="time" value={form.remind_at} {...told("remind_at")}
          onInput={(event) => change({ remind_at: event.currentTarget.value.slice(0, 5) })} />
      </Field>
      {form.remind_at !== "" && (
        <>
          <Chips label={tt("therapist.assign.remindDays")} multi options={weekdays()} value={form.remind_days.map(String)}
            onChange={(days) => change({ remind_days: days.map(Number) })} />
          {gaps.remind_days && <p class="problem small" role="status">{say(gaps.remind_days)}</p>}
        </>
      )}
      {isGuarded(card) && !writesTogether(card) && <GuardedFields form={form} card={card} today={today} gaps={gaps} change={change} />}
      {writesTogether(card) && hasLimit(card) && <LimitField form={form} change={change} />}
    </>
  );
}

/** For exercises that are done only after they were done together. */
function GuardedFields({ form, card, today, gaps, change }: Props) {
  return (
    <fieldset class="card stack loose">
      <legend class="visually-hidden">{tt("therapist.assign.guarded")}</legend>
      <p>{tt("therapist.assign.guardedText")}</p>
      <Field name="rehearsed_on" label="therapist.assign.rehearsed" gap={gaps.rehearsed_on}>
        <input id="assign-rehearsed_on" class="input desk-date" type="date" max={today} required value={form.rehearsed_on}
          {...told("rehearsed_on", gaps.rehearsed_on, false)} onInput={(event) => change({ rehearsed_on: event.currentTarget.value })} />
      </Field>
      {needsScene(card) && (
        <Field name="scene" label="therapist.assign.scene" hint="therapist.assign.sceneHint" wanted={card.scene_hint} gap={gaps.scene}>
          <textarea id="assign-scene" class="input" dir="auto" rows={6} required value={form.scene}
            {...told("scene", gaps.scene, true, card.scene_hint)}
            onInput={(event) => change({ scene: event.currentTarget.value })} />
          <Room left={SCENE_MAX - form.scene.length} />
        </Field>
      )}
      {hasLimit(card) && <LimitField form={form} change={change} />}
    </fieldset>
  );
}

function LimitField({ form, change }: Pick<Props, "form" | "change">) {
  return (
    <Field name="limit" label="therapist.assign.limit" hint="therapist.assign.limitHint">
      <select id="assign-limit" class="input desk-short" value={String(form.limit)} {...told("limit")}
        onChange={(event) => change({ limit: Number(event.currentTarget.value) })}>
        {Array.from({ length: HIGHEST_LIMIT + 1 }, (_, n) => <option key={n} value={String(n)}>{n}</option>)}
      </select>
    </Field>
  );
}

interface FieldProps {
  name: keyof Asked;
  label: TherapistKey;
  hint?: TherapistKey;
  /** What this exercise wants here, in its own words. */
  wanted?: string | null | undefined;
  gap?: TherapistKey | undefined;
  children: ComponentChildren;
}

function Field({ name, label, hint, wanted, gap, children }: FieldProps) {
  return (
    <div class="field">
      <label for={`assign-${name}`}>{say(label)}</label>
      {wanted && <p id={`assign-${name}-wanted`} dir="auto">{wanted}</p>}
      {hint && <p id={`assign-${name}-hint`} class="hint">{say(hint)}</p>}
      {children}
      {gap && <p id={`assign-${name}-gap`} class="problem small">{say(gap)}</p>}
    </div>
  );
}

/** Ties an input to its hint, to what is wanted in it, and to what is missing. */
function told(name: keyof Asked, gap?: TherapistKey, hint = true, wanted: string | null = null) {
  const by = [wanted && `assign-${name}-wanted`, hint && `assign-${name}-hint`, gap && `assign-${name}-gap`].filter(Boolean).join(" ");
  return { ...(by && { "aria-describedby": by }), "aria-invalid": gap !== undefined };
}

/** How many letters are left, once it gets close, or how many are too many: nothing is cut off. */
export function Room({ left }: { left: number }) {
  if (left < 0) return <p class="problem small desk-room" role="status">{tt("therapist.assign.over", { n: -left })}</p>;
  return <p class="hint desk-room" role="status">{left <= 60 ? tt("therapist.assign.room", { n: left }) : ""}</p>;
}

function say(key: TherapistKey): string {
  return tt(key as "therapist.assign.dose");
}
