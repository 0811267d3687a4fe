// The page to read and to print: everything by day, in words, with the charts. One file that loads nothing and runs
// nothing; whatever was written is text in it, never markup.
import type { VNode } from "preact";
import { renderToStaticMarkup } from "preact-render-to-string";
import { dates } from "../app/dates.ts";
import { locale } from "../app/words.ts";
import type { Run } from "../data/types.ts";
import { localDay, zoneHere } from "../history/days.ts";
import { datedDay, timeLabel } from "../history/day-words.ts";
import { byDay, type Day, type Entry, hasPrivate, isShared } from "../history/entries.ts";
import { fieldsOf, titleOf } from "../history/fields.ts";
import { el } from "./el.ts";
import { exerciseOfRun, isCounted, type Material } from "./material.ts";
import { otherLines } from "./others.ts";
import { chartsOf } from "./report-charts.ts";
import { STYLE } from "./report-style.ts";
import { lt } from "./words.ts";

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The page, piece by piece: many days take a while, and between two pieces the phone can do something else. */
export function* reportOf(material: Material): Generator<string> {
  const today = localDay(Date.parse(material.everything.made_at), zoneHere());
  const days = byDay(material.entries);
  yield `<!doctype html>\n<html lang="${locale}">${part(head())}<body><main>`;
  yield part(opening(material, days, today));
  yield* sections(material, days, today);
  yield "</main></body></html>\n";
}

function* sections(material: Material, days: readonly Day[], today: string): Generator<string> {
  let heading = part(el("h2", null, lt("leaving.report.charts")));
  for (const chart of chartsOf(material.entries, today)) {
    yield heading + part(chart);
    heading = "";
  }
  yield part(el("h2", null, lt("leaving.report.by_day")));
  if (days.length === 0) yield part(el("p", null, lt("leaving.report.nothing")));
  for (const day of days) yield part(oneDay(material, day));
  const others = otherLines(material.others);
  if (others.length > 0) yield part(el("section", null, el("h2", null, lt("leaving.report.others")), others.map(({ title, lines }) => el("article", null, el("h3", null, title), list(lines)))));
}

const part = (node: VNode): string => renderToStaticMarkup(node);

function head(): VNode {
  return el("head", null,
    el("meta", { charset: "utf-8" }),
    el("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
    el("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    el("meta", { name: "referrer", content: "no-referrer" }),
    el("title", null, lt("leaving.report.title")),
    el("style", { dangerouslySetInnerHTML: { __html: STYLE } }));
}

function opening({ entries }: Material, days: readonly Day[], today: string): VNode {
  const [newest, oldest] = [days[0]?.day, days.at(-1)?.day];
  const period = newest === undefined || oldest === undefined ? "" : lt("leaving.report.period", { n: entries.filter(isCounted).length, from: datedDay(oldest, dates), to: datedDay(newest, dates) });
  return el("header", null,
    el("h1", null, lt("leaving.report.title")),
    el("p", null, lt("leaving.report.made", { day: datedDay(today, dates) }), " ", period),
    el("p", { class: "muted" }, lt("leaving.report.open")),
    el("p", { class: "muted" }, lt("leaving.report.print")));
}

function oneDay(material: Material, { day, entries }: Day): VNode {
  return el("section", { class: "day" }, el("h3", null, datedDay(day, dates)), entries.map((entry) => oneEntry(material, entry)));
}

function oneEntry(material: Material, entry: Entry): VNode {
  const exercise = entry.kind === "run" ? exerciseOfRun(material, entry.main.body as Partial<Run>) : null;
  const fields = fieldsOf(entry, material.vocabulary, exercise);
  const seen = isShared(entry) ? (hasPrivate(entry) ? "partly" : "shared") : "private";
  return el("article", null,
    el("h4", null, titleOf(entry, material.vocabulary, exercise)),
    el("p", { class: "muted" }, timeLabel(entry.at, entry.main.zone ?? zoneHere(), dates), " · ", lt(`leaving.report.seen_${seen}`), entry.main.conflict_of !== null && ` · ${lt("leaving.report.other_text")}`),
    list(fields.map(({ label, text, private: kept }) => ({ label, text, kept: kept && seen === "partly" }))));
}

function list(lines: readonly { label: string; text: string; kept?: boolean }[]): VNode {
  return el("dl", null, lines.map(({ label, text, kept }) => el("div", null,
    el("dt", null, label, kept ? el("span", { class: "muted" }, ` (${lt("leaving.report.kept")})`) : null), el("dd", null, text))));
}
