import { signal } from "@preact/signals";
import { t } from "../../app/words.ts";
import { AffectGrid } from "./affect-grid.tsx";
import { AffectRows } from "./affect-rows.tsx";
import { affectText } from "./affect-text.ts";
import { Question } from "./question.tsx";
import type { AffectValue } from "./types.ts";

export type AffectProps = {
  label: string;
  hideLabel?: boolean | undefined;
  hint?: string | undefined;
  value: AffectValue | null;
  onChange: (value: AffectValue | null) => void;
};

/** The choice of form stays for as long as the app is open, so that before and after look alike. */
const asRows = signal(false);

/** Pleasantness and energy as a dot in a square, or as two rows: the same answer in two forms. No numbers. */
export function Affect({ label, hideLabel, hint, value, onChange }: AffectProps) {
  return (
    <Question label={label} hideLabel={hideLabel} hint={hint} class="affect">
      <button type="button" class="quiet" onClick={() => { asRows.value = !asRows.value; }}>
        {asRows.value ? t("inputs.affect.use_square") : t("inputs.affect.use_rows")}
      </button>
      {asRows.value
        ? <AffectRows value={value} onChange={onChange} />
        : <AffectGrid value={value} onChange={onChange} />}
      <p class="affect-answer">{value === null ? t("inputs.affect.none") : affectText(value)}</p>
      {value !== null && (
        <button type="button" class="quiet affect-clear" onClick={() => onChange(null)}>{t("inputs.affect.clear")}</button>
      )}
    </Question>
  );
}
