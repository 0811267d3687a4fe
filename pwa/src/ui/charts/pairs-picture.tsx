import { scaleLinear } from "d3-scale";
import { useId } from "preact/hooks";
import { dots } from "./dots.ts";
import { Dots } from "./line-picture.tsx";

/** One run of an exercise: the ratings before and after it. */
export type Pair = { day: string; at: number; before: number; after: number };

type PairsPictureProps = { pairs: readonly Pair[]; range: readonly [low: number, high: number]; name: string };

const WIDTH = 600;
const HEIGHT = 150;
const EDGE = 12;

/** Every run, oldest first: an open dot before, a filled one after, and a line that only says they belong together. */
export function PairsPicture({ pairs, range, name }: PairsPictureProps) {
  const title = useId();
  const [low, high] = range;
  const x = scaleLinear([-0.5, Math.max(pairs.length, 8) - 0.5], [0, WIDTH]);
  const y = scaleLinear([low, high], [HEIGHT - EDGE, EDGE]);
  return (
    <svg class={pairs.length > 40 ? "chart-picture dense" : "chart-picture"} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img"
      aria-labelledby={title}>
      <title id={title}>{name}</title>
      {[low, (low + high) / 2, high].map((at) => <path key={at} class="chart-rule" d={`M0 ${y(at)}H${WIDTH}`} />)}
      <path class="chart-tie" d={pairs.map(({ before, after }, at) => `M${x(at)} ${y(before)}V${y(after)}`).join("")} />
      <Dots open={dots(pairs.map(({ before }, at) => [x(at), y(before)]))} filled={dots(pairs.map(({ after }, at) => [x(at), y(after)]))} />
    </svg>
  );
}
