import { t } from "../../app/words.ts";
import { energyKey, pleasantKey, snapped, STEP } from "./affect-words.ts";
import type { AffectValue } from "./types.ts";

type AffectRowsProps = { value: AffectValue | null; onChange: (value: AffectValue) => void };

/** The two sides of the square as two rows. Moving one puts the other in the middle if it had no answer. */
export function AffectRows({ value, onChange }: AffectRowsProps) {
  return (
    <div class="affect-rows">
      <Row label={t("inputs.affect.pleasant_row")} low={t("inputs.affect.unpleasant")} high={t("inputs.affect.pleasant")}
        at={value?.v ?? null} words={value === null ? t("inputs.affect.none") : t(pleasantKey(value.v))}
        onMove={(v) => onChange({ v, a: value?.a ?? 0 })} />
      <Row label={t("inputs.affect.energy_row")} low={t("inputs.affect.low")} high={t("inputs.affect.high")}
        at={value?.a ?? null} words={value === null ? t("inputs.affect.none") : t(energyKey(value.a))}
        onMove={(a) => onChange({ v: value?.v ?? 0, a })} />
    </div>
  );
}

type RowProps = { label: string; low: string; high: string; at: number | null; words: string; onMove: (at: number) => void };

function Row({ label, low, high, at, words, onMove }: RowProps) {
  const read = (event: Event & { currentTarget: HTMLInputElement }) => onMove(snapped(event.currentTarget.valueAsNumber));
  // A tap in the middle of an untouched row changes no value, so no input event comes: the click is the answer.
  const tap = (event: MouseEvent & { currentTarget: HTMLInputElement }) => { if (at === null) read(event); };
  return (
    <label class="affect-row">
      <span class="visually-hidden">{label}</span>
      <span class="affect-row-end" aria-hidden="true">{low}</span>
      <span class="affect-row-end affect-row-high" aria-hidden="true">{high}</span>
      <input type="range" class={at === null ? "range unset" : "range"} min={-1} max={1} step={STEP} value={at ?? 0}
        aria-valuetext={words} onInput={read} onClick={tap} />
    </label>
  );
}
