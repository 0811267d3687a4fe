// How long a run took, step by step. What passes while the page is hidden is counted apart: a phone in a pocket tells
// nothing of a step. A pause counts, since the person took it there. Pure.
import type { State } from "./state.ts";

export interface Spent {
  /** Milliseconds on each step with the page in front. */
  steps: Record<string, number>;
  /** Milliseconds with the page hidden. */
  hidden: number;
  /** Counted up to here. */
  to: number;
  /** The page is hidden since then. */
  away?: true;
}

/** A run that begins, or is taken up, at `now`. */
export function counting(now: number, before?: Spent): Spent {
  return { steps: before?.steps ?? {}, hidden: before?.hidden ?? 0, to: now };
}

/** Counted up to `now`, on the step on screen. A clock set back takes nothing away. */
export function counted({ steps, hidden, to, away }: Spent, { path }: State, now: number): Spent {
  const ms = Math.max(0, now - to);
  const step = path.at(-1) ?? "";
  const kept = { to: now, ...(away ? { away } : {}) };
  return away ? { ...kept, steps, hidden: hidden + ms } : { ...kept, steps: { ...steps, [step]: (steps[step] ?? 0) + ms }, hidden };
}

/** The same run after the page was hidden or shown at `now`. */
export function turned(state: State, away: boolean, now: number): State {
  if (state.spent === undefined) return state;
  const { away: _, ...spent } = counted(state.spent, state, now);
  return { ...state, spent: away ? { ...spent, away } : spent };
}

export interface Seconds {
  seconds: number;
  hidden_seconds?: number;
  step_seconds: Record<string, number>;
}

/** Milliseconds that no run takes: a clock was put right meanwhile, such as that of a phone that began in 1970. */
const TOO_LONG = 30 * 24 * 3_600_000;

/** In whole seconds; undefined for a run of before they were counted, and where the clock can't have told. */
export function secondsOf({ spent }: State): Seconds | undefined {
  if (spent === undefined) return undefined;
  const whole = (ms: number): number => Math.round(ms / 1000);
  const all = Object.values(spent.steps).reduce((sum, ms) => sum + ms, 0);
  if (all > TOO_LONG || spent.hidden > TOO_LONG) return undefined;
  const steps = Object.entries(spent.steps).map(([id, ms]) => [id, whole(ms)] as const).filter(([, seconds]) => seconds > 0);
  const hidden = whole(spent.hidden);
  return { seconds: whole(all), ...(hidden > 0 ? { hidden_seconds: hidden } : {}), step_seconds: Object.fromEntries(steps) };
}
