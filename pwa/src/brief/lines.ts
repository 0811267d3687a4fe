// What the page says in sentences, part by part. Pure: counts in, sentences out; nothing is read into them.
import { locale, t } from "../app/words.ts";
import type { Scene } from "../data/types.ts";
import { sceneLines } from "../exercise/forms.ts";
import type { Labels } from "../screens/therapist/labels.ts";
import { reasonWords } from "../practise/not-today-words.ts";
import { pleasantKey } from "../ui/inputs/affect-words.ts";
import { type Brief, type How, isEnough, type PartName, type PartOfDay, PARTS, type Practised, type Question, type Rated, type Said, type Unvisited } from "./types.ts";
import { bt } from "./words.ts";

const TENTHS = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const FIELDS = ["affect", "distress", "words", "body", "contexts", "runs"] as const;
type Field = (typeof FIELDS)[number];

/** How it has been. */
export function howLines(how: How, { own, reminder }: Brief["foot"]): string[] {
  if (how.entries === 0) return [bt("brief.how.none")];
  const count = bt("brief.how.count", {
    entries: bt("brief.how.entries", { n: how.entries }), days: bt("brief.how.days", { n: how.days }), own, reminder,
  });
  return [count, ...ratedLines("distress", how.distress, (value) => TENTHS.format(value)), ...changeLines(how.distress),
    ...ratedLines("pleasant", how.pleasant, (value) => t(pleasantKey(value)).toLocaleLowerCase(locale)), ...hardLines(how)];
}

function ratedLines(what: "distress" | "pleasant", { n, median, spread }: Rated, said: (value: number) => string): string[] {
  if (!isEnough(spread)) return [bt(`brief.how.${what}Few`, { n })];
  const range = { low: said(spread.low), high: said(spread.high), n };
  if (range.low === range.high) return [bt(`brief.how.${what}Same`, { value: range.low, n })];
  return [isEnough(median) ? bt(`brief.how.${what}`, { ...range, median: said(median) }) : bt(`brief.how.${what}Range`, range)];
}

function changeLines({ change }: Rated): string[] {
  if (!isEnough(change)) return [];
  const { before, after, difference, says } = change;
  return [bt(`brief.how.change.${says}`, { before, after, difference: TENTHS.format(Math.abs(difference)) })];
}

function hardLines({ hard: { n, parts } }: How): string[] {
  if (n === 0) return [];
  const each = Object.entries(parts).map(([part, times]) => bt("brief.part.count", { n: times, part: bt(`brief.part.${part as PartOfDay}`) }));
  return [bt("brief.how.hard", { n, parts: each.join(", ") })];
}

/** The words for it. */
export function saidLines(said: Said, labels: Labels): string[] {
  const words = (ids: readonly string[]): string => listed(ids.map(labels.word));
  const lines: string[] = [];
  if (isEnough(said.distinct)) {
    lines.push(bt("brief.words.count", { n: said.picks, distinct: said.distinct }));
    lines.push(bt("brief.words.most", { words: listed(said.most.map(({ word, n }) => bt("brief.words.times", { word: labels.word(word), n }))) }));
  }
  if (isEnough(said.new) && said.new.length > 0) lines.push(bt("brief.words.new", { words: words(said.new) }));
  if (isEnough(said.not_known) && said.unknown > 0) lines.push(bt("brief.words.unknown", { n: said.unknown, asked: said.asked }));
  if (said.families > 0) lines.push(bt("brief.words.families", { n: said.families }));
  return [...lines, ...widthLines(said)].length === 0 ? [bt("brief.words.none")] : [...lines, ...widthLines(said)];
}

function widthLines({ width, width_change }: Said): string[] {
  if (!isEnough(width)) return [];
  const now = bt("brief.words.width", { width: TENTHS.format(width) });
  if (!isEnough(width_change) || width_change.says === null) return [now];
  return [now, bt(`brief.words.${width_change.says}`, { before: TENTHS.format(width_change.before) })];
}

/** Words and places. */
export function bodyLines({ together }: NonNullable<Brief["body"]>, labels: Labels): string[] {
  if (!isEnough(together)) return [bt("brief.body.few", together)];
  if (together.length === 0) return [bt("brief.body.none")];
  return together.map(({ word, region, a, b }) => bt("brief.body.pair", { word: labels.word(word), region: labels.region(region), a, b }));
}

/** What was not visited. */
export function unvisitedLines(left: Unvisited, labels: Labels): string[] {
  const lines = [
    left.not_opened.length > 0 && bt("brief.not_visited.notOpened", { titles: listed(left.not_opened) }),
    left.not_finished.length > 0 && bt("brief.not_visited.notFinished", { titles: listed(left.not_finished) }),
    some(left.families) && bt("brief.not_visited.families", { words: listed(left.families.map(labels.word)) }),
    some(left.wishes) && bt("brief.not_visited.wishes", { words: listed(left.wishes.map(labels.wish)) }),
    left.skipped.length > 0 && bt("brief.not_visited.skipped", { fields: fieldWords(left.skipped) }),
  ].filter((line) => line !== false);
  return lines.length === 0 ? [bt("brief.not_visited.none")] : lines;
}

function some(found: Unvisited["families"]): found is string[] {
  return isEnough(found) && found.length > 0;
}

/** A question, made of counts alone. */
export function questionLine({ about, n, word = "", part = "evening", turn }: Question, labels: Labels): string {
  if (about === "word_in_part") return bt("brief.questions.word_in_part", { n, word: labels.word(word), part: bt(`brief.part.${part}`) });
  if (about === "hard_in_part") return bt("brief.questions.hard_in_part", { n, part: bt(`brief.part.${part}`) });
  return about === "turn" && turn ? bt("brief.questions.turn", { n, ...spoken(turn, labels) }) : bt("brief.questions.unknown", { n });
}

const OF_A_TURN = ["other", "wish", "expected", "move", "about_me", "healthier"] as const;

/** A scene as far as the page goes: with whom, and from the wish to what was done and what it said. One that names no turn is told
 *  as it was written; the rest of the others is among the scenes. */
export function turnLines(scene: Scene, labels: Labels): { label: string; text: string }[] {
  const { other, wish, expected, my_move: move, about_me, healthier } = scene;
  if (!wish && !expected && !move) return sceneLines({ ...scene, title: undefined });
  const said = { other, wish: wish && (labels.any(wish) ?? wish), expected, move, about_me, healthier };
  return OF_A_TURN.flatMap((field) => (said[field]?.trim() ? [{ label: bt(`brief.scenes.${field}`), text: said[field].trim() }] : []));
}

/** A turn in words: a wish may be one of the list, or the person's own. */
export function spoken(turn: NonNullable<Question["turn"]>, labels: Labels): { wish: string; expected: string; move: string } {
  return { wish: labels.any(turn.wish) ?? turn.wish, expected: turn.expected, move: turn.move };
}

/** How often an exercise was opened, what became of it, and how often it was left for another day. */
export function practisedLine({ opened, finished, stopped, not_today: left = 0 }: Omit<Practised, "exercise" | "title" | "ratings">): string {
  return [
    ...(opened > 0 || left === 0 ? [bt("brief.practice.opened", { n: opened })] : []),
    ...(finished > 0 ? [bt("brief.practice.finished", { n: finished })] : []),
    ...(stopped > 0 ? [bt("brief.practice.stopped", { n: stopped })] : []),
    ...(left > 0 ? [bt("brief.practice.not_today", { n: left })] : []),
  ].join(", ");
}

/** Why it was left for another day, as far as that was said; empty when it was not. */
export function reasonsLine({ reasons = [] }: Pick<Practised, "reasons">): string {
  const given = reasons.map(({ word, n }) => (n === 1 ? reasonWords(word) : bt("brief.practice.reason_times", { reason: reasonWords(word), n })));
  return given.length === 0 ? "" : bt("brief.practice.reasons", { reasons: given.join(" · ") });
}

/** How far the page can be believed. */
export function footLines(brief: Brief, titleOf: (exercise: string) => string): string[] {
  const { held, not_shared, own, versions } = brief.foot;
  const few = fewIn(brief);
  return [
    ...(held > 0 ? [bt("brief.foot.held", { n: held })] : []),
    ...(not_shared.length > 0 ? [bt("brief.foot.notShared", { fields: fieldWords(not_shared) })] : []),
    ...(few.length > 0 ? [bt("brief.foot.few", { parts: listed(few.map((part) => bt(`brief.${part}`))) })] : []),
    ...(own > 0 ? [bt("brief.foot.own")] : []),
    ...(versions.length > 0 ? [bt("brief.foot.versions", { versions: listed(versions.map(([id, version]) => bt("brief.foot.version", { exercise: titleOf(id), version: String(version) }))) })] : []),
  ];
}

/** The parts that had too little. */
function fewIn({ how, words, body, scenes }: Brief): PartName[] {
  const few: Partial<Record<PartName, boolean>> = {
    how: how !== null && !isEnough(how.distress.median) && !isEnough(how.pleasant.median),
    words: words !== null && !isEnough(words.width),
    scenes: scenes !== null && !isEnough(scenes.turns),
    body: body !== null && !isEnough(body.together),
  };
  return PARTS.filter((part) => few[part] === true);
}

function fieldWords(fields: readonly string[]): string {
  return listed(fields.map((field) => ((FIELDS as readonly string[]).includes(field) ? bt(`brief.field.${field as Field}`) : field)));
}

function listed(parts: readonly string[]): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(parts);
}
