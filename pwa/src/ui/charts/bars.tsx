/** One bar: `own` filled and `reminder` open after it, both counts; `said` is what stands at its end. */
export type Bar = { key: string; label: string; own: number; reminder: number; said: string; private?: boolean };

type BarsProps = { bars: readonly Bar[]; most: number; label: string; mark?: string | undefined };

const WIDE = 100;

/** Horizontal bars as a list that reads without them. `most` is what a whole bar stands for. */
export function Bars({ bars, most, label, mark }: BarsProps) {
  return (
    <ul class="bars" aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.key}>
          <span class="bar-label">{bar.label} {bar.private === true && mark !== undefined && <span class="private-mark">{mark}</span>}</span>
          <span class="bar-said">{bar.said}</span>
          <svg class="bar" viewBox={`0 0 ${WIDE} 10`} preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-own" x="0" y="0" height="10" width={(bar.own / most) * WIDE} />
            <rect class="bar-reminder" x={(bar.own / most) * WIDE} y="0" height="10" width={(bar.reminder / most) * WIDE} />
          </svg>
        </li>
      ))}
    </ul>
  );
}
