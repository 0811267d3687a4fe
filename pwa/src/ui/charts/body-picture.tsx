import { useId } from "preact/hooks";
import { figures, type View, type Zone } from "../inputs/body-figures.ts";

/** How often each region was named. */
export type Places = ReadonlyMap<string, number>;

/** One outline; a place is the deeper in colour the more often it was named, and says how often. */
export function BodyPicture({ view, places, most, name }: { view: View; places: Places; most: number; name: string }) {
  const title = useId();
  const { width, height, outline, zones } = figures[view];
  return (
    <svg class="body-heat" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={title}>
      <title id={title}>{name}</title>
      <path class="body-outline" d={outline} />
      {zones.filter(({ id }) => places.has(id)).map((zone) => (
        <ZoneOf key={zone.id} zone={zone} count={places.get(zone.id) ?? 0} most={most} />
      ))}
    </svg>
  );
}

/** The number stands in the first spot only: it is of both together. */
function ZoneOf({ zone, count, most }: { zone: Zone; count: number; most: number }) {
  const [first] = zone.spots;
  return (
    <g class={`heat heat-${heatOf(count, most)}`}>
      {zone.spots.map(({ x, y, rx, ry }) => (
        <ellipse key={x} class="heat-spot" cx={x} cy={y} rx={rx} ry={ry} />
      ))}
      {first !== undefined && <text class="heat-count" x={first.x} y={first.y + 9}>{count}</text>}
    </g>
  );
}

/** 1 to 4, by the share of the most. */
function heatOf(count: number, most: number): number {
  return Math.max(1, Math.ceil((count / most) * 4));
}
