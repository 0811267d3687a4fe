import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../app/words.ts";
import { atPoint, energyKey, moved, pleasantKey, snapped, STEP } from "./affect-words.ts";
import type { AffectValue } from "./types.ts";

type AffectGridProps = { value: AffectValue | null; onChange: (value: AffectValue) => void };

const STEPS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
};

/** The square. A tap places the dot; it can then be dragged, or moved by arrow keys one place at a time.
 *  To assistive technology it is two sliders, with their values in words. */
export function AffectGrid({ value, onChange }: AffectGridProps) {
  const square = useRef<HTMLDivElement>(null);
  const dot = useRef<HTMLSpanElement>(null);
  const dragging = useRef(false);
  useLayoutEffect(() => {
    if (value === null) return;
    dot.current?.style.setProperty("--v", String((value.v + 1) / 2));
    dot.current?.style.setProperty("--a", String((1 - value.a) / 2));
  }, [value]);
  const place = (event: MouseEvent) => {
    const box = square.current?.getBoundingClientRect();
    if (box !== undefined) onChange(atPoint((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height));
  };
  const grab = (event: PointerEvent) => {
    // A finger that lands beside the dot may be scrolling the page: only the tap counts.
    if (event.pointerType !== "mouse" && event.target !== dot.current) return;
    dragging.current = true;
    square.current?.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent) => {
    if (dragging.current) place(event);
  };
  const drop = () => { dragging.current = false; };
  const key = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onChange(moved(value, step[0], step[1]));
  };
  return (
    <div class="affect-frame" dir="ltr">
      <span class="affect-edge affect-top" aria-hidden="true">{t("inputs.affect.high")}</span>
      <div class="affect-square" ref={square} onClick={place} onKeyDown={key}
        onPointerDown={grab} onPointerMove={drag} onPointerUp={drop} onPointerCancel={drop}>
        <Lines />
        <Corners />
        <Axis label={t("inputs.affect.pleasant_row")} at={value?.v ?? null} onMove={(v) => onChange({ v, a: value?.a ?? 0 })}
          words={value === null ? t("inputs.affect.none") : t(pleasantKey(value.v))} />
        <Axis label={t("inputs.affect.energy_row")} at={value?.a ?? null} onMove={(a) => onChange({ v: value?.v ?? 0, a })}
          words={value === null ? t("inputs.affect.none") : t(energyKey(value.a))} />
        <span class={value === null ? "affect-dot unset" : "affect-dot"} ref={dot} aria-hidden="true" />
      </div>
      <span class="affect-edge affect-bottom" aria-hidden="true">{t("inputs.affect.low")}</span>
      <span class="affect-sides" aria-hidden="true">
        <span>← {t("inputs.affect.unpleasant")}</span>
        <span>{t("inputs.affect.pleasant")} →</span>
      </span>
    </div>
  );
}

function Axis({ label, at, words, onMove }: { label: string; at: number | null; words: string; onMove: (at: number) => void }) {
  return (
    <input type="range" class="affect-axis" min={-1} max={1} step={STEP} value={at ?? 0} aria-label={label}
      aria-valuetext={words} onInput={(event) => onMove(snapped(event.currentTarget.valueAsNumber))} />
  );
}

function Lines() {
  return (
    <svg class="affect-lines" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <path d="M50 3V97M3 50H97" fill="none" stroke="currentColor" vector-effect="non-scaling-stroke" />
    </svg>
  );
}

function Corners() {
  return (
    <>
      <span class="affect-corner affect-tense" aria-hidden="true">{t("inputs.affect.tense")}</span>
      <span class="affect-corner affect-lively" aria-hidden="true">{t("inputs.affect.lively")}</span>
      <span class="affect-corner affect-drained" aria-hidden="true">{t("inputs.affect.drained")}</span>
      <span class="affect-corner affect-calm" aria-hidden="true">{t("inputs.affect.calm")}</span>
    </>
  );
}
