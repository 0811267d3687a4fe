// The fields of the form, each with its label and what ties to it.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Labelled {
  label: string;
  hint?: string | undefined;
  value: string;
}

function Field({ id, label, hint, children }: { id: string; label: string; hint?: string | undefined; children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && <p id={`${id}-hint`} class="hint">{hint}</p>}
      {children}
    </div>
  );
}

export function Line({ label, hint, value, most = 400, onInput }: Labelled & { most?: number; onInput: (value: string) => void }) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint}>
      <input id={id} class="input" dir="auto" autocomplete="off" maxLength={most} value={value} {...(hint !== undefined && { "aria-describedby": `${id}-hint` })}
        onInput={(event) => onInput(event.currentTarget.value)} />
    </Field>
  );
}

export function Words({ label, hint, value, rows = 3, mono = false, most = 4_000, onInput }: Labelled & {
  rows?: number;
  mono?: boolean;
  most?: number;
  onInput: (value: string) => void;
}) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint}>
      <textarea id={id} class={mono ? "input own-file-text" : "input"} dir={mono ? "ltr" : "auto"} rows={rows} maxLength={most} spellcheck={!mono} value={value}
        {...(hint !== undefined && { "aria-describedby": `${id}-hint` })} onInput={(event) => onInput(event.currentTarget.value)} />
    </Field>
  );
}

export function Pick({ label, hint, value, options, onPick }: Labelled & {
  options: readonly (readonly [id: string, label: string])[];
  onPick: (id: string) => void;
}) {
  const id = useId();
  const known = options.some(([one]) => one === value);
  return (
    <Field id={id} label={label} hint={hint}>
      <select id={id} class="input" value={value} {...(hint !== undefined && { "aria-describedby": `${id}-hint` })}
        onChange={(event) => onPick(event.currentTarget.value)}>
        {!known && <option value={value}>{value}</option>}
        {options.map(([one, words]) => <option key={one} value={one}>{words}</option>)}
      </select>
    </Field>
  );
}

/** A whole number between two; `null` where it is left empty and may be. */
export function Count({ label, hint, value, min, max, onCount }: {
  label: string;
  hint?: string | undefined;
  value: number | null;
  min: number;
  max: number;
  onCount: (value: number | null) => void;
}) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint}>
      <input id={id} class="input desk-short" type="number" inputMode="numeric" min={min} max={max} step={1} value={value ?? ""}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          onCount(typed === "" ? null : Math.trunc(Number(typed)));
        }} />
    </Field>
  );
}
