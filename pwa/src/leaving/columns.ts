// The tables of a copy: each column once, with what is in it and what that means. The codebook is made from the same list.
import type { CheckIn, LocalRecord, Run } from "../data/types.ts";
import { exerciseAnswers } from "../history/answers.ts";
import { livedDay, type Entry, type EntryKind } from "../history/entries.ts";
import { dateFormat } from "../history/formats.ts";
import { zoneHere } from "../history/days.ts";
import { REASONS } from "../practise/not-today.ts";
import { reasonWords } from "../practise/not-today-words.ts";
import type { Cell } from "./csv.ts";
import { exerciseOfRun, fieldsWithin, type Material, utc } from "./material.ts";
import { lt } from "./words.ts";

/** What a column holds: a range with its unit, or the kind of text. */
export type Range = "place" | "ten" | "strengths" | "seconds" | "minutes" | "yes" | "day" | "clock" | "utc" | "zone" | "id" | "ids" | "number" | "text" | "json";

export interface Column<Row> {
  name: string;
  range: Range;
  means: string;
  of: (row: Row) => Cell;
}
export interface Table {
  file: string;
  columns: readonly { name: string; range: Range; means: string }[];
  rows: Iterable<Cell[]>;
}

/** An entry with what its parts hold together, and the names of what was never shared. */
interface Told {
  entry: Entry;
  body: Fields;
  kept: string[];
}

export function tablesOf(material: Material): Table[] {
  const of = (kind: EntryKind): Entry[] => material.entries.filter((entry) => entry.kind === kind);
  const told = (kind: EntryKind): Iterable<Told> => each(of(kind), (entry) => ({ entry, ...fieldsWithin(entry) }));
  return [
    table("check-ins.csv", [...about, ...checkIn], told("checkin")),
    table("exercises.csv", [...about, ...run(material)], told("run")),
    table("answers.csv", answer, flat(of("run"), (entry) => answersIn(material, entry))),
    table("not-today.csv", [...about, ...notToday], told("not-today")),
    table("scenes.csv", [...about, ...scene], told("scene")),
    table("cards.csv", [...about, text("name", (b) => b["name"]), text("text", (b) => b["text"]), text("from", (b) => b["from"])], told("card")),
    table("notes.csv", [...about, text("text", (b) => b["text"])], told("note")),
    table("other.csv", other, material.others),
    table("vocabulary.csv", vocabulary, namesIn(material)),
  ];
}

/** Every column of every table, one a row: the table with the codes explained. */
export function codebook(tables: readonly Table[]): Table {
  const rows = tables.flatMap(({ file, columns }) => columns.map((column) => ({ file, ...column })));
  return table("codebook.csv", [
    { name: "file", range: "text", means: lt("leaving.column.file"), of: (row) => row.file },
    { name: "column", range: "text", means: lt("leaving.column.column"), of: (row) => row.name },
    { name: "unit_or_range", range: "text", means: lt("leaving.column.unit_or_range"), of: (row) => lt(`leaving.range.${row.range}`) },
    { name: "meaning", range: "text", means: lt("leaving.column.meaning"), of: (row) => row.means },
  ], rows);
}

/** The rows are made as they are read: a little at a time. */
function table<Row>(file: string, columns: readonly Column<Row>[], rows: Iterable<Row>): Table {
  return { file, columns, rows: each(rows, (row) => columns.map((column) => column.of(row))) };
}

function* each<A, B>(list: Iterable<A>, make: (item: A) => B): Generator<B> {
  for (const item of list) yield make(item);
}

function* flat<A, B>(list: Iterable<A>, make: (item: A) => Iterable<B>): Generator<B> {
  for (const item of list) yield* make(item);
}

type Fields = Readonly<Record<string, unknown>>;
const text = (name: "name" | "text" | "from", of: (body: Fields) => unknown): Column<Told> =>
  ({ name, range: "text", means: lt(`leaving.column.${name}`), of: ({ body }) => words(of(body)) });

const about: readonly Column<Told>[] = [
  { name: "id", range: "id", means: lt("leaving.column.id"), of: ({ entry }) => entry.id },
  { name: "day", range: "day", means: lt("leaving.column.day"), of: ({ entry }) => entry.day },
  { name: "time", range: "clock", means: lt("leaving.column.time"), of: ({ entry }) => clock(entry.at, entry.main.zone) },
  { name: "zone", range: "zone", means: lt("leaving.column.zone"), of: ({ entry: { main } }) => main.zone },
  { name: "felt_at", range: "utc", means: lt("leaving.column.felt_at"), of: ({ entry: { main } }) => utc(main.felt_at) },
  { name: "saved_at", range: "utc", means: lt("leaving.column.saved_at"), of: ({ entry: { main } }) => utc(main.saved_at) },
  { name: "shared", range: "yes", means: lt("leaving.column.shared"), of: ({ entry: { main } }) => main.audience === "therapist" },
  { name: "never_shared", range: "ids", means: lt("leaving.column.never_shared"), of: ({ kept }) => kept.join("; ") },
  { name: "other_text_of", range: "id", means: lt("leaving.column.other_text_of"), of: ({ entry: { main } }) => main.conflict_of },
];

const inCheckIn = (of: (body: CheckIn & Fields) => unknown) => ({ body }: Told): Cell => words(of(body as CheckIn & Fields));
const checkIn: readonly Column<Told>[] = [
  { name: "pleasantness", range: "place", means: lt("leaving.column.pleasantness"), of: inCheckIn(({ affect }) => affect?.v) },
  { name: "energy", range: "place", means: lt("leaving.column.energy"), of: inCheckIn(({ affect }) => affect?.a) },
  { name: "distress", range: "ten", means: lt("leaving.column.distress"), of: inCheckIn(({ distress }) => distress) },
  { name: "words", range: "ids", means: lt("leaving.column.words"), of: inCheckIn((body) => body.words?.map(({ id }) => id)) },
  { name: "strengths", range: "strengths", means: lt("leaving.column.strengths"), of: inCheckIn((body) => body.words?.map(({ id, strength }) => (strength === undefined ? id : `${id} ${strength}`))) },
  { name: "own_words", range: "text", means: lt("leaving.column.own_words"), of: inCheckIn((body) => body.own_words) },
  { name: "body_regions", range: "ids", means: lt("leaving.column.body_regions"), of: inCheckIn(({ regions }) => regions) },
  { name: "sensations", range: "ids", means: lt("leaving.column.sensations"), of: inCheckIn(({ sensations }) => sensations) },
  { name: "contexts", range: "ids", means: lt("leaving.column.contexts"), of: inCheckIn(({ contexts }) => contexts) },
  { name: "wish", range: "ids", means: lt("leaving.column.wish"), of: inCheckIn(({ wish }) => wish) },
  { name: "note", range: "text", means: lt("leaving.column.note"), of: inCheckIn(({ note }) => note) },
  { name: "for_session", range: "yes", means: lt("leaving.column.for_session"), of: inCheckIn(({ bring }) => bring === true) },
  { name: "when", range: "ids", means: lt("leaving.column.when"), of: inCheckIn(({ when }) => when) },
  { name: "source", range: "ids", means: lt("leaving.column.source"), of: inCheckIn(({ source }) => source) },
  { name: "seconds", range: "seconds", means: lt("leaving.column.seconds"), of: inCheckIn(({ seconds }) => seconds) },
  { name: "imported_from", range: "text", means: lt("leaving.column.imported_from"), of: inCheckIn((body) => body["imported_from"]) },
];

function run(material: Material): Column<Told>[] {
  const inRun = (of: (body: Partial<Run>) => unknown) => ({ body }: Told): Cell => words(of(body as Partial<Run>));
  const pair = (side: "before" | "after") => inRun((body) => {
    const measure = exerciseOfRun(material, body)?.measures[0];
    return measure === undefined ? null : body.ratings?.[measure[side]];
  });
  return [
    { name: "exercise", range: "id", means: lt("leaving.column.exercise"), of: inRun(({ exercise }) => exercise) },
    { name: "version", range: "number", means: lt("leaving.column.version"), of: inRun(({ version }) => version) },
    { name: "title", range: "text", means: lt("leaving.column.title"), of: inRun((body) => body.title ?? exerciseOfRun(material, body)?.title) },
    { name: "started_at", range: "utc", means: lt("leaving.column.started_at"), of: inRun(({ started_at }) => utc(started_at)) },
    { name: "ended_at", range: "utc", means: lt("leaving.column.ended_at"), of: inRun(({ ended_at }) => utc(ended_at)) },
    { name: "ended", range: "ids", means: lt("leaving.column.ended"), of: inRun(({ ended }) => ended) },
    { name: "stopped_at_step", range: "id", means: lt("leaving.column.stopped_at_step"), of: inRun((body) => body.stopped_at_step) },
    { name: "length", range: "minutes", means: lt("leaving.column.length"), of: inRun(({ length }) => length) },
    { name: "seconds", range: "seconds", means: lt("leaving.column.run_seconds"), of: inRun(({ seconds }) => seconds) },
    { name: "before", range: "ten", means: lt("leaving.column.before"), of: pair("before") },
    { name: "after", range: "ten", means: lt("leaving.column.after"), of: pair("after") },
    { name: "own_words", range: "text", means: lt("leaving.column.own_words"), of: inRun((body) => (body as Fields)["own_words"]) },
  ];
}

interface Answered {
  entry: Entry;
  key: string;
  question: string;
  number: number | null;
  text: string;
  kept: boolean;
}
const answer: readonly Column<Answered>[] = [
  { name: "exercise_id", range: "id", means: lt("leaving.column.exercise_id"), of: ({ entry }) => entry.id },
  { name: "day", range: "day", means: lt("leaving.column.day"), of: ({ entry }) => entry.day },
  { name: "key", range: "id", means: lt("leaving.column.key"), of: ({ key }) => key },
  { name: "question", range: "text", means: lt("leaving.column.question"), of: ({ question }) => question },
  { name: "number", range: "number", means: lt("leaving.column.number"), of: ({ number }) => number },
  { name: "answer", range: "text", means: lt("leaving.column.answer"), of: ({ text: said }) => said },
  { name: "never_shared", range: "yes", means: lt("leaving.column.answer_never_shared"), of: ({ kept }) => kept },
  { name: "other_text_of", range: "id", means: lt("leaving.column.other_text_of"), of: ({ entry: { main } }) => main.conflict_of },
];

/** One row for each answer of a run, with its question where the exercise is known. */
function answersIn(material: Material, entry: Entry): Answered[] {
  const exercise = exerciseOfRun(material, entry.main.body as Partial<Run>);
  return [entry.main, ...entry.parts].flatMap((record) => {
    const { ratings = {}, answers = {} } = (record.body ?? {}) as Partial<Run>;
    return Object.entries<unknown>({ ...ratings, ...answers }).map(([key, value]) => {
      const [said] = exerciseAnswers({ answers: { [key]: value as never } }, material.vocabulary, exercise);
      const number = typeof value === "number" ? value : null;
      return { entry, key, question: said?.label ?? key, number, text: said?.text ?? "", kept: record.audience === "me" };
    });
  });
}

const inNotToday = (name: "exercise" | "title" | "text" | "reasons", range: Range): Column<Told> =>
  ({ name, range, means: lt(`leaving.column.${name}`), of: ({ body }) => words(body[name]) });
const notToday: readonly Column<Told>[] = [
  inNotToday("exercise", "id"), inNotToday("title", "text"), inNotToday("reasons", "ids"), inNotToday("text", "text"),
];

const SCENE = ["title", "when", "other", "they_did", "felt", "body", "thought", "wish", "expected", "my_move", "about_me", "healthier", "from"] as const;
const scene: readonly Column<Told>[] = SCENE.map((name) => ({
  name, range: "text", means: lt(`leaving.scene.${name}`), of: ({ body }) => words(body[name]),
}));

const other: readonly Column<LocalRecord>[] = [
  { name: "id", range: "id", means: lt("leaving.column.id"), of: ({ id }) => id },
  { name: "kind", range: "id", means: lt("leaving.column.kind"), of: ({ kind }) => kind },
  { name: "author", range: "id", means: lt("leaving.column.author"), of: ({ author }) => author },
  { name: "day", range: "day", means: lt("leaving.column.day"), of: (record) => livedDay(record) },
  { name: "saved_at", range: "utc", means: lt("leaving.column.saved_at"), of: ({ saved_at }) => utc(saved_at) },
  { name: "audience", range: "id", means: lt("leaving.column.audience"), of: ({ audience }) => audience },
  { name: "fields", range: "json", means: lt("leaving.column.fields"), of: ({ body }) => JSON.stringify(body ?? {}) },
  { name: "other_text_of", range: "id", means: lt("leaving.column.other_text_of"), of: ({ conflict_of }) => conflict_of },
];

type Name = { list: string; id: string; label: string };
const vocabulary: readonly Column<Name>[] = [
  { name: "list", range: "id", means: lt("leaving.column.list"), of: ({ list }) => list },
  { name: "id", range: "id", means: lt("leaving.column.word_id"), of: ({ id }) => id },
  { name: "label", range: "text", means: lt("leaving.column.label"), of: ({ label }) => label },
];

/** What the ids in the tables stand for. */
function namesIn({ vocabulary: known }: Material): Name[] {
  if (known === null) return [];
  const { families, shared, special, regions, sensations, wishes, contexts } = known;
  const lists = {
    words: [...families.flatMap((family) => [family, ...family.words]), ...(shared?.words ?? []), ...special],
    body_regions: regions, sensations, wishes, contexts: Object.values(contexts).flat(),
    reasons: REASONS.map((id) => ({ id, label: reasonWords(id) })),
  };
  return Object.entries(lists).flatMap(([list, all]) => all.map(({ id, label }) => ({ list, id, label })));
}

function words(value: unknown): Cell {
  if (Array.isArray(value)) return value.map(String).join("; ");
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

function clock(at: number, zone: string | null): string {
  return dateFormat("en-GB", { timeZone: zone ?? zoneHere(), hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}
