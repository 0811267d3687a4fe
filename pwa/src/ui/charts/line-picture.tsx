import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { useId } from "preact/hooks";
import { dailyMeans, type Period, placeOf, type Point } from "../../history/series.ts";
import { dots } from "./dots.ts";

type LinePictureProps = { points: readonly Point[]; period: Period; range: readonly [low: number, high: number]; name: string };

const WIDTH = 600;
const HEIGHT = 170;
const EDGE = 12;
/** From this length on dots are small, so that they don't cover each other. */
const LONG = 60;

/** Ratings over a period: a line through the days, left open where a day has none, and a dot for every rating. */
export function LinePicture({ points, period, range, name }: LinePictureProps) {
  const title = useId();
  const [low, high] = range;
  const x = scaleLinear([0, period.length - 1], [EDGE, WIDTH - EDGE]);
  const y = scaleLinear([low, high], [HEIGHT - EDGE, EDGE]);
  const path = line<number | null>().defined((value) => value !== null).x((_, at) => x(at)).y((value) => y(value ?? 0)).digits(1);
  const of = (source: Point["source"]) =>
    dots(points.filter((point) => point.source === source).map((point) => [x(placeOf(point.day, period)), y(point.value)]));
  return (
    <svg class={period.length > LONG ? "chart-picture dense" : "chart-picture"} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img"
      aria-labelledby={title}>
      <title id={title}>{name}</title>
      {[low, (low + high) / 2, high].map((at) => <path key={at} class="chart-rule" d={`M0 ${y(at)}H${WIDTH}`} />)}
      <path class="chart-line" d={path(dailyMeans(points, period)) ?? ""} />
      <Dots filled={of("own")} open={of("reminder")} />
    </svg>
  );
}

/** Filled dots for one kind, open ones for the other: told apart by shape, not by colour. */
export function Dots({ filled, open }: { filled: string; open: string }) {
  return (
    <>
      <path class="chart-dots" d={open} />
      <path class="chart-dots inside" d={open} />
      <path class="chart-dots" d={filled} />
    </>
  );
}
