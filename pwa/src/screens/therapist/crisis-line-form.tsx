// Entering or changing a crisis line. A line without a number, its hours and the day somebody called it is not kept.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { countries } from "../../app/countries.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import type { Line } from "../../safety/contacts.ts";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { myName } from "./state.ts";
import { tt } from "./words.ts";

type Fields = Required<Omit<Line, "id">>;

interface FormProps {
  id: string;
  /** The line there is, or null for a new one. */
  line: Line | null;
  saved: () => void;
  cancel: () => void;
}

export function LineForm({ id, line, saved, cancel }: FormProps) {
  const [fields, setFields] = useState<Fields>(() => fieldsOf(line));
  const [missing, setMissing] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const set = (some: Partial<Fields>): void => setFields({ ...fields, ...some });
  const saving = useAction(async () => {
    await api("PUT", `/api/crisis-lines/${id}`, fields);
    saved();
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { name, number, hours, checked_on, checked_by } = fields;
    const whole = [name, number, hours, checked_on, checked_by].every((field) => field.trim() !== "");
    setMissing(!whole);
    if (whole) saving.run();
  };
  return (
    <form class="card desk-form" noValidate onSubmit={submit} aria-labelledby={`${id}-form`}>
      <h2 id={`${id}-form`} ref={title} tabIndex={-1}>{tt("therapist.lines.form")}</h2>
      <Field label={tt("therapist.lines.name")} value={fields.name} most={80} onInput={(name) => set({ name })} />
      <Field label={tt("therapist.lines.number")} hint={tt("therapist.lines.number_hint")} value={fields.number} most={40} tel onInput={(number) => set({ number })} />
      <Field label={tt("therapist.lines.hours")} value={fields.hours} most={160} onInput={(hours) => set({ hours })} />
      <Field label={tt("therapist.lines.sms")} value={fields.sms} most={40} tel onInput={(sms) => set({ sms })} />
      <Field label={tt("therapist.lines.chat")} hint={tt("therapist.lines.chat_hint")} value={fields.chat} most={300} onInput={(chat) => set({ chat })} />
      <Country value={fields.country} onChange={(country) => set({ country })} />
      <Field label={tt("therapist.lines.day")} value={fields.checked_on} date onInput={(checked_on) => set({ checked_on })} />
      <Field label={tt("therapist.lines.by")} value={fields.checked_by} most={80} onInput={(checked_by) => set({ checked_by })} />
      {missing && <p class="problem" role="alert">{tt("therapist.lines.missing")}</p>}
      <Trouble text={saving.trouble} />
      <div class="row">
        <button type="submit" class="primary" disabled={saving.busy}>{tt("therapist.lines.save")}</button>
        <button type="button" class="quiet" onClick={cancel}>{tt("therapist.lines.cancel")}</button>
      </div>
    </form>
  );
}

/** A change has to be called again: the day and the name are those of now. */
function fieldsOf(line: Line | null): Fields {
  const { id: _, ...there } = line ?? { id: "" };
  return {
    name: "", number: "", hours: "", sms: "", chat: "", country: "", ...there,
    checked_on: localDay(Date.now(), zoneHere()), checked_by: myName(),
  };
}

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string;
  most?: number | undefined;
  tel?: boolean;
  date?: boolean;
}

export function Field({ label, value, onInput, hint, most, tel = false, date = false }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {date
        ? <input id={id} class="input" type="date" value={value} onInput={(event) => onInput(event.currentTarget.value)} />
        : (
          <input id={id} class="input" type="text" inputMode={tel ? "tel" : "text"} autocomplete="off" maxLength={most} value={value}
            aria-describedby={hint && `${id}-hint`} onInput={(event) => onInput(event.currentTarget.value)} />
        )}
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}

function Country({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{tt("therapist.lines.country")}</label>
      <select id={id} class="input" value={value} aria-describedby={`${id}-hint`} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{tt("therapist.lines.country_all")}</option>
        {countries.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
      </select>
      <p class="hint" id={`${id}-hint`}>{tt("therapist.lines.country_hint")}</p>
    </div>
  );
}
