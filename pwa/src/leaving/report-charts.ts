// The charts of the report: drawn once, still, with their values as a table beside them. What they say is said as in
// History.
import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import type { VNode } from "preact";
import { dates } from "../app/dates.ts";
import { shortDay } from "../history/day-words.ts";
import { addDays, daysBetween } from "../history/days.ts";
import type { Entry } from "../history/entries.ts";
import { dailyMeans, ENOUGH, type Measure, type Period, placeOf, type Point, pointsOf } from "../history/series.ts";
import { centreWords, countWords, valueWords } from "../ui/charts/said.ts";
import { ct } from "../ui/charts/words.ts";
import { el } from "./el.ts";
import { lt } from "./words.ts";

const WIDTH = 640;
const HEIGHT = 170;
const EDGE = 8;
const RANGES = { pleasant: [-1, 1], distress: [0, 10] } as const;
const MEASURES: readonly Measure[] = ["pleasant", "distress"];

/** For each calendar year that has check-ins, the latest first: a chart of each measure, from the very first check-in on. */
export function* chartsOf(entries: readonly Entry[], today: string): Generator<VNode> {
  const checkIns = entries.filter(({ kind }) => kind === "checkin");
  const days = checkIns.map(({ day }) => day).sort();
  const [first = today, years] = [days[0], [...new Set(days.map((day) => day.slice(0, 4)))].reverse()];
  for (const year of years) {
    const [from, to] = [`${year}-01-01` > first ? `${year}-01-01` : first, `${year}-12-31` < today ? `${year}-12-31` : today];
    const period: Period = { from, to, length: daysBetween(from, to) + 1 };
    const lived = checkIns.filter(({ day }) => day.startsWith(year));
    for (const measure of MEASURES) yield chart(measure, pointsOf(lived, measure, period), period);
  }
}

function chart(measure: Measure, points: readonly Point[], period: Period): VNode {
  const name = `${ct(`charts.${measure}`)}, ${period.to.slice(0, 4)}: ${countWords(points, period)}`;
  if (points.length < ENOUGH) {
    return el("figure", null, el("figcaption", null, name), el("p", { class: "muted" }, ct("charts.not_enough", { n: ENOUGH })));
  }
  const said = `${centreWords(measure, points)} ${lt("leaving.report.gaps")}`;
  return el("figure", null,
    el("figcaption", null, name, el("br", null), el("span", { class: "muted" }, said)),
    picture(measure, points, period, name),
    twin(measure, points, name));
}

function picture(measure: Measure, points: readonly Point[], period: Period, name: string): VNode {
  const [low, high] = RANGES[measure];
  const x = scaleLinear([0, Math.max(1, period.length - 1)], [EDGE, WIDTH - EDGE]);
  const y = scaleLinear([low, high], [HEIGHT - EDGE, EDGE]);
  const path = line<number | null>().defined((value) => value !== null).x((_, at) => x(at)).y((value) => y(value ?? 0));
  const end = (text: string) => el("p", { class: "end" }, text);
  const months = [period.from, addDays(period.from, Math.floor(period.length / 2)), period.to];
  return el("div", null,
    end(ct(`charts.${measure}_high`)),
    el("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": name },
      [low, (low + high) / 2, high].map((at) => el("path", { class: "rule", d: `M0 ${y(at)}H${WIDTH}` })),
      el("path", { class: "line", d: path(dailyMeans(points, period)) ?? "" }),
      points.map((point) => el("circle", { class: "dot", r: 2.5, cx: x(placeOf(point.day, period)), cy: y(point.value) }))),
    end(ct(`charts.${measure}_low`)),
    el("p", { class: "days" }, months.map((day) => el("span", null, shortDay(day, dates)))));
}

function twin(measure: Measure, points: readonly Point[], name: string): VNode {
  const head = [ct("charts.day"), ct("charts.value"), lt("leaving.report.in_words")];
  return el("details", null,
    el("summary", null, lt("leaving.report.table")),
    el("table", null,
      el("caption", null, name),
      el("thead", null, el("tr", null, head.map((title) => el("th", { scope: "col" }, title)))),
      el("tbody", null, points.map(({ day, value }) => el("tr", null,
        el("th", { scope: "row" }, day), el("td", null, String(value)), el("td", null, valueWords(measure, value)))))));
}
