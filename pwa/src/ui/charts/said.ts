// What a chart says in words: how many, over which days, and where the middle lies once there is enough for one.
import { dates } from "../../app/dates.ts";
import { notEnough } from "../../history/formulas/enough.ts";
import { median, spread } from "../../history/formulas/ratings.ts";
import { dateFormat } from "../../history/formats.ts";
import { noon } from "../../history/days.ts";
import type { Measure, Period, Point } from "../../history/series.ts";
import { t } from "../../app/words.ts";
import { pleasantKey } from "../inputs/affect-words.ts";
import { ct } from "./words.ts";

/** "12 check-ins on 9 days, 30 Oct to 28 Nov". */
export function countWords(points: readonly { day: string }[], period: Period): string {
  const [n, days] = [points.length, new Set(points.map(({ day }) => day)).size];
  const count = n === 0 ? ct("charts.check_ins", { n }) : `${ct("charts.check_ins", { n })} ${ct("charts.on_days", { n: days })}`;
  return periodWords(count, period);
}

/** A count with the days it was counted over. */
export function periodWords(count: string, { from, to }: Pick<Period, "from" | "to">): string {
  const year = from.slice(0, 4) === to.slice(0, 4) ? {} : { year: "numeric" } as const;
  const [first, last] = [from, to].map((day) => dateFormat(dates, { day: "numeric", month: "short", ...year, timeZone: "UTC" }).format(noon(day)));
  return ct("charts.counted", { count, from: first ?? from, to: last ?? to });
}

/** A rating in words: a place between pleasant and unpleasant, or a number of ten. */
export function valueWords(measure: Measure, value: number): string {
  return measure === "pleasant" ? t(pleasantKey(value)) : ct("charts.of_ten", { n: value });
}

/** Where the ratings lie: from three on between which values, from five on with the middle one. */
export function centreWords(measure: Measure, points: readonly Point[]): string {
  const values = points.map(({ value }) => value);
  const [ends, middle] = [spread(values), median(values)];
  if (notEnough(ends)) return "";
  const [low, high] = [valueWords(measure, ends.low), valueWords(measure, ends.high)];
  if (low === high) return ct("charts.same", { value: low });
  return notEnough(middle) ? ct("charts.range", { low, high }) : ct("charts.middle", { median: valueWords(measure, middle), low, high });
}
