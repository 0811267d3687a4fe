import { useId, useRef, useState } from "preact/hooks";
import { t } from "../../app/words.ts";
import { figures, type Spot, type View, type Zone } from "./body-figures.ts";
import type { Option } from "./types.ts";

type BodyFigureProps = {
  view: View;
  regions: readonly Option[];
  value: readonly string[];
  onPick: (id: string) => void;
};

const MOVES: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** One outline with its tappable places: a list to assistive technology, one Tab stop, arrows move within. */
export function BodyFigure({ view, regions, value, onPick }: BodyFigureProps) {
  const figure = figures[view];
  const list = useRef<SVGSVGElement>(null);
  const [current, setCurrent] = useState(0);
  const clip = useId();
  const zones = figure.zones.flatMap((zone) => {
    const region = regions.find((one) => one.id === zone.id);
    return region === undefined ? [] : [{ ...zone, label: region.label }];
  });
  const onKey = (event: KeyboardEvent, at: number) => {
    const move = MOVES[event.key];
    if (event.key === " " || event.key === "Enter") onPick(zones[at]?.id ?? "");
    else if (move !== undefined) focusOn((at + move + zones.length) % zones.length);
    else return;
    event.preventDefault();
  };
  const focusOn = (at: number) => {
    setCurrent(at);
    list.current?.querySelectorAll<SVGGElement>(".zone-option")[at]?.focus();
  };
  return (
    <svg class="body-figure" ref={list} viewBox={`0 0 ${figure.width} ${figure.height}`} role="listbox"
      aria-multiselectable="true" aria-label={t(`inputs.body.figure_${view}`)}>
      <clipPath id={clip}><path d={figure.outline} /></clipPath>
      <path class="body-outline" d={figure.outline} aria-hidden="true" />
      {zones.map((zone, at) => (
        <ZoneOf key={zone.id} zone={zone} clip={clip} chosen={value.includes(zone.id)} reachable={at === current}
          onFocus={() => setCurrent(at)} onKey={(event) => onKey(event, at)} onPick={() => onPick(zone.id)} />
      ))}
    </svg>
  );
}

type ZoneOfProps = {
  zone: Zone & { label: string };
  clip: string;
  chosen: boolean;
  reachable: boolean;
  onFocus: () => void;
  onKey: (event: KeyboardEvent) => void;
  onPick: () => void;
};

/** The first spot stands for the region; the other of a pair only mirrors it, so that the middle of the option can be pressed. */
function ZoneOf({ zone, clip, chosen, reachable, onFocus, onKey, onPick }: ZoneOfProps) {
  const [first, ...others] = zone.spots;
  return (
    <g class={chosen ? "zone chosen" : "zone"} role="presentation" onClick={onPick}>
      <g class="zone-option" role="option" tabindex={reachable ? 0 : -1} aria-label={zone.label} aria-selected={chosen}
        onFocus={onFocus} onKeyDown={onKey}>
        <title>{zone.label}</title>
        {first !== undefined && <SpotShape spot={first} clip={clip} chosen={chosen} />}
      </g>
      {others.map((spot) => (
        <g key={spot.x} aria-hidden="true">
          <title>{zone.label}</title>
          <SpotShape spot={spot} clip={clip} chosen={chosen} />
        </g>
      ))}
    </g>
  );
}

/** Shaded inside the outline only; the whole spot can be tapped. */
function SpotShape({ spot, clip, chosen }: { spot: Spot; clip: string; chosen: boolean }) {
  const { x, y, rx, ry } = spot;
  return (
    <>
      <ellipse class="zone-spot" cx={x} cy={y} rx={rx} ry={ry} clip-path={`url(#${clip})`} />
      <ellipse class="zone-hit" cx={x} cy={y} rx={rx} ry={ry} />
      {chosen
        ? <path class="zone-tick" d={`M${x - 8} ${y + 1}l5 5 10-11`} />
        : <circle class="zone-dot" cx={x} cy={y} r={3} />}
    </>
  );
}
