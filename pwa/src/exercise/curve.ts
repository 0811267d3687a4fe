// Several ratings of one question: how they changed, and where they lie when they are drawn. Pure.

export interface Change {
  word: "lower" | "higher" | "same";
  before: number;
  after: number;
}

/** A difference of this much is no difference. */
const SAME = 1;

/** From the first number to the last, in a neutral word; null with fewer than two of them. */
export function changeIn(values: readonly (number | undefined)[]): Change | null {
  const given = values.filter((value) => value !== undefined);
  const [before, after] = [given[0], given.at(-1)];
  if (given.length < 2 || before === undefined || after === undefined) return null;
  const change = after - before;
  return { word: Math.abs(change) <= SAME ? "same" : change < 0 ? "lower" : "higher", before, after };
}

export interface Frame {
  min: number;
  max: number;
  width: number;
  height: number;
  /** Room left free on each side. */
  edge: number;
}

/** The dots of a curve and the lines between neighbours, as SVG points. No line crosses what was left open. */
export function curveOf(values: readonly (number | undefined)[], { min, max, width, height, edge }: Frame) {
  const between = Math.max(1, values.length - 1);
  const dots = values.map((value, at) => (value === undefined ? null : {
    x: round(edge + (at / between) * (width - 2 * edge)),
    y: round(height - edge - ((value - min) / (max - min)) * (height - 2 * edge)),
  }));
  const lines: string[] = [];
  let run: string[] = [];
  for (const dot of [...dots, null]) {
    if (dot !== null) run.push(`${dot.x},${dot.y}`);
    else {
      if (run.length > 1) lines.push(run.join(" "));
      run = [];
    }
  }
  return { lines, dots: dots.filter((dot) => dot !== null) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
