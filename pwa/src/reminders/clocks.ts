// Days by the clocks of this phone, as instants: exact also where clocks skip an hour or show it twice. As the server's
// `clocks` has it. Pure but for the zone, which is the phone's own.

export const MINUTE = 60_000;
const DAY_MINUTES = 1_440;

/** A stretch of instants, the first included, the last not. */
export type Span = readonly [from: number, to: number];
/** A stretch of the day by wall clock, the first included, the last not. It may pass midnight; equal: no stretch. */
export interface Hours {
  from: string;
  to: string;
}

export function minuteOf(at: string): number {
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  return hour * 60 + minute;
}

export function holds({ from, to }: Hours, at: string): boolean {
  return from <= to ? from <= at && at < to : at >= from || at < to;
}

/** The first instant of `day` whose clocks here show `at`, or the first one after the gap that swallows it. */
export function instant(day: string, at: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const wanted = minuteOf(at);
  const found = new Date(year, month - 1, date, Math.floor(wanted / 60), wanted % 60);
  if (minutesShown(found) === wanted) return found.getTime();
  let first = found.getTime();
  while (minutesShown(new Date(first - MINUTE)) > wanted) first -= MINUTE;
  return first;
}

/** Whether the clocks here ever show this day. */
export function isShown(day: string): boolean {
  return new Date(instant(day, "00:00")).getDate() === Number(day.slice(8));
}

/** The first instant of the day after. */
export function endOf(day: string): number {
  return instant(nextDay(day), "00:00");
}

/** The instants of a day at which the clocks here show a time in these hours, in order. */
export function spans(day: string, hours: Hours): Span[] {
  const [from, to] = [minuteOf(hours.from), minuteOf(hours.to)];
  const parts = from <= to ? [[from, to] as const] : [[0, to] as const, [from, DAY_MINUTES] as const];
  const found = pieces(day).flatMap(([begin, end, midnight]) =>
    parts.map(([first, last]): Span => [Math.max(begin, midnight + first * MINUTE), Math.min(end, midnight + last * MINUTE)]));
  return joined(found.filter(isSome).sort(([one], [other]) => one - other));
}

/** What of `these` lies in none of `those`. */
export function without(these: readonly Span[], those: readonly Span[]): Span[] {
  const cut = (parts: Span[], [from, to]: Span): Span[] =>
    parts.flatMap(([first, last]): Span[] => [[first, Math.min(last, from)], [Math.max(first, to), last]]).filter(isSome);
  return those.reduce(cut, [...these]);
}

/** A day, cut where its offset changes: first instant, last, and where a clock that always ran with this piece's offset
 *  would have shown midnight. */
function pieces(day: string): [number, number, number][] {
  const [start, end] = [instant(day, "00:00"), endOf(day)];
  const cuts = [start];
  for (let at = start; at < end; at += 60 * MINUTE) {
    const next = Math.min(at + 60 * MINUTE, end);
    if (offset(next) === offset(at)) continue;
    let cut = at + MINUTE;
    while (offset(cut) === offset(at)) cut += MINUTE;
    if (cut < end) cuts.push(cut);
  }
  return cuts.map((at, n) => [at, cuts[n + 1] ?? end, Date.parse(`${day}T00:00:00Z`) + offset(at) * MINUTE]);
}

function joined(found: readonly Span[]): Span[] {
  return found.reduce<Span[]>((all, [from, to]) => {
    const last = all.at(-1);
    return last?.[1] === from ? [...all.slice(0, -1), [last[0], to]] : [...all, [from, to]];
  }, []);
}

function isSome([from, to]: Span): boolean {
  return from < to;
}

function offset(at: number): number {
  return new Date(at).getTimezoneOffset();
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + DAY_MINUTES * MINUTE).toISOString().slice(0, 10);
}

function minutesShown(date: Date): number {
  return date.getHours() * 60 + date.getMinutes();
}
