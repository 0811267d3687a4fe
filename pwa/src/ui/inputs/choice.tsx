import type { ComponentChildren } from "preact";

type ChoiceProps = { label: string; value: string; onPick: (value: string) => void; children: ComponentChildren };

/** One of a list that opens, under its label; the children are its options. */
export function Choice({ label, value, onPick, children }: ChoiceProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select class="input" value={value} onChange={(event) => onPick(event.currentTarget.value)}>{children}</select>
    </label>
  );
}
