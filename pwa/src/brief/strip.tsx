// One dot an entry, from 0 at the foot to 10, in the order they were lived; a ring came after a reminder. The same in words
// for those who don't see it.
import type { How } from "./types.ts";
import { bt } from "./words.ts";

const STEP = 14;
const HEIGHT = 66;
const RADIUS = 4;
const SIDE = 18;
const MARKS = [0, 7, 10];
const SCALE = (HEIGHT - 4 * RADIUS) / 10;

export function Strip({ how: { strip } }: { how: How }) {
  const rated = strip.filter(({ distress }) => distress !== null);
  if (rated.length === 0) return null;
  const width = SIDE + Math.max(strip.length * STEP, 20 * STEP);
  const numbers = strip.map(({ distress }) => (distress === null ? bt("brief.how.unrated") : String(distress))).join(", ");
  return (
    <>
      <svg class="brief-strip" viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="xMinYMid" role="img" aria-label={bt("brief.how.strip", { numbers })}>
        {MARKS.map((mark) => <text key={mark} class="brief-mark" x={SIDE - 6} y={at(mark) + 3}>{mark}</text>)}
        <path class="brief-axis" d={MARKS.map((mark) => `M${SIDE} ${at(mark)}H${width}`).join("")} />
        {strip.map(({ distress, reminder }, place) => (
          distress !== null && <circle key={place} class={reminder ? "brief-dot ring" : "brief-dot"} cx={SIDE + place * STEP + STEP / 2} cy={at(distress)} r={RADIUS} />
        ))}
      </svg>
      <p class="muted small" aria-hidden="true">{bt("brief.how.key")}</p>
    </>
  );
}

function at(distress: number): number {
  return HEIGHT - 2 * RADIUS - distress * SCALE;
}
