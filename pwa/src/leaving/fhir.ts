// The same in FHIR R4B, for other health software: one Bundle of a person without a name, ratings as Observations, and
// what was answered as QuestionnaireResponses beside the Questionnaires they name. Every code is Midweek's own: no
// LOINC or SNOMED code says just what these questions ask. Pure.
import type { CheckIn, EmotionPick, Run } from "../data/types.ts";
import { exerciseAnswers } from "../history/answers.ts";
import type { Entry } from "../history/entries.ts";
import { exerciseOfRun, fieldsWithin, isCounted, type Material, withOffset } from "./material.ts";
import { lt } from "./words.ts";

type Json = Record<string, unknown>;
const RATING = "urn:x-midweek:rating";
const WORD = "urn:x-midweek:word";
const QUESTIONNAIRE = "urn:x-midweek:questionnaire";
const CHECK_IN = `${QUESTIONNAIRE}:check-in`;

/** A FHIR R4B Bundle of type `collection` as text, piece by piece: it is the longest file of a copy. */
export function* fhirOf(material: Material): Generator<string> {
  const head = JSON.stringify({ resourceType: "Bundle", type: "collection", timestamp: material.everything.made_at });
  let lead = `${head.slice(0, -1)},"entry":[\n`;
  for (const entry of entriesIn(material)) {
    yield lead + JSON.stringify(entry);
    lead = ",\n";
  }
  yield "\n]}\n";
}

function* entriesIn(material: Material): Generator<Json> {
  const subject = { reference: `urn:uuid:${material.person}` };
  yield { fullUrl: subject.reference, resource: { resourceType: "Patient", id: material.person } };
  for (const form of [checkInForm(), ...runForms(material)]) yield { fullUrl: `${form["url"]}:${form["version"]}`, resource: form };
  const labels = labelsOf(material);
  for (const entry of material.entries.filter(isCounted)) {
    if (entry.kind === "checkin") yield* checkInIn(entry, subject, labels);
    if (entry.kind === "run") yield* runIn(entry, subject, material);
  }
}

// --- One item of a questionnaire, asked and answered

type Type = "integer" | "decimal" | "boolean" | "text" | "open-choice";
interface Item {
  linkId: string;
  text: string;
  type: Type;
  repeats?: true;
}

const CHECK_IN_ITEMS: readonly Item[] = [
  { linkId: "pleasantness", text: lt("leaving.column.pleasantness"), type: "decimal" },
  { linkId: "energy", text: lt("leaving.column.energy"), type: "decimal" },
  { linkId: "distress", text: lt("leaving.column.distress"), type: "integer" },
  { linkId: "words", text: lt("leaving.fhir.words"), type: "open-choice", repeats: true },
  { linkId: "own_words", text: lt("leaving.fhir.own_words"), type: "text", repeats: true },
  { linkId: "regions", text: lt("leaving.fhir.regions"), type: "open-choice", repeats: true },
  { linkId: "sensations", text: lt("leaving.fhir.sensations"), type: "open-choice", repeats: true },
  { linkId: "contexts", text: lt("leaving.fhir.contexts"), type: "open-choice", repeats: true },
  { linkId: "wish", text: lt("leaving.fhir.wish"), type: "open-choice" },
  { linkId: "note", text: lt("leaving.fhir.note"), type: "text" },
  { linkId: "bring", text: lt("leaving.fhir.bring"), type: "boolean" },
];

function form(url: string, version: string, title: string, items: readonly Item[]): Json {
  const item = items.length > 0 ? { item: items } : {};
  return { resourceType: "Questionnaire", id: idOf(url, version), url, version, status: "active", title, ...item };
}

/** What FHIR takes for an id: letters, figures, dots and dashes, 64 at most. */
function idOf(url: string, version: string): string {
  return `${url.slice(QUESTIONNAIRE.length + 1)}-${version}`.replaceAll(/[^A-Za-z0-9.-]/g, "-").slice(-64);
}

function answered({ linkId, text, type }: Item, values: readonly unknown[], label: (id: string) => string): Json[] {
  const answer = values.flatMap((value): Json[] => {
    if (type === "boolean") return value === true ? [{ valueBoolean: true }] : [];
    if (type === "integer" && Number.isInteger(value)) return [{ valueInteger: value }];
    if (type === "decimal" && typeof value === "number") return [{ valueDecimal: value }];
    if (typeof value !== "string" || value.trim() === "") return [];
    return [type === "open-choice" ? { valueCoding: { system: WORD, code: value.trim(), display: label(value) } } : { valueString: value }];
  });
  return answer.length > 0 ? [{ linkId, text, answer }] : [];
}

interface Answers {
  entry: Entry;
  questionnaire: string;
  status: "completed" | "stopped";
  items: readonly Json[];
  ratings: readonly { code: string; text: string; value: Json }[];
}

/** A response with the observations that come from it. */
function resources(subject: Json, { entry, questionnaire, status, items, ratings }: Answers): Json[] {
  const [reference, at] = [`urn:uuid:${entry.id}`, withOffset(entry.at, entry.main.zone)];
  const response = {
    resourceType: "QuestionnaireResponse", id: entry.id, questionnaire, status, subject, authored: at, source: subject,
    ...(items.length > 0 ? { item: items } : {}),
  };
  const category = [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "survey" }] }];
  const observations = ratings.map(({ code, text, value }, n) => ({
    fullUrl: `urn:x-midweek:observation:${entry.id}:${n + 1}`,
    resource: {
      resourceType: "Observation", id: `${entry.id}-${n + 1}`, status: "final", category,
      code: { coding: [{ system: RATING, code }], text },
      subject, effectiveDateTime: at, derivedFrom: [{ reference }], ...value,
    },
  }));
  return [{ fullUrl: reference, resource: response }, ...observations];
}

// --- Check-ins

function checkInForm(): Json {
  return form(CHECK_IN, "1", lt("leaving.fhir.checkin"), CHECK_IN_ITEMS);
}

/** The words that ids of the vocabulary stand for. */
function labelsOf({ vocabulary }: Material): Map<string, string> {
  if (vocabulary === null) return new Map();
  const { families, shared, special, regions, sensations, wishes, contexts } = vocabulary;
  const all = [...families.flatMap((family) => [family, ...family.words]), ...(shared?.words ?? []), ...special, ...regions, ...sensations, ...wishes, ...Object.values(contexts).flat()];
  return new Map(all.map(({ id, label }) => [id, label]));
}

function checkInIn(entry: Entry, subject: Json, labels: ReadonlyMap<string, string>): Json[] {
  const body = fieldsWithin(entry).body as CheckIn;
  const { affect, distress } = body;
  const label = (id: string): string => labels.get(id) ?? id;
  const given: Record<string, unknown> = { ...body, pleasantness: affect?.v, energy: affect?.a, words: (body.words ?? []).map(({ id }: EmotionPick) => id) };
  const items = CHECK_IN_ITEMS.flatMap((item) => answered(item, [given[item.linkId]].flat(), label));
  const rated = (code: string, text: string, value: unknown, as: (value: number) => Json) => (typeof value === "number" ? [{ code, text, value: as(value) }] : []);
  const ratings = [
    ...rated("pleasantness", lt("leaving.column.pleasantness"), affect?.v, quantity),
    ...rated("energy", lt("leaving.column.energy"), affect?.a, quantity),
    ...rated("distress", lt("leaving.column.distress"), distress, number),
  ];
  return resources(subject, { entry, questionnaire: `${CHECK_IN}|1`, status: "completed", items, ratings });
}

function quantity(value: number): Json {
  return { valueQuantity: { value, unit: "1", system: "http://unitsofmeasure.org", code: "1" } };
}

function number(value: number): Json {
  return Number.isInteger(value) ? { valueInteger: value } : quantity(value);
}

// --- Exercises

const formOf = ({ exercise = "exercise" }: Partial<Run>): string => `${QUESTIONNAIRE}:exercise:${encodeURIComponent(exercise)}`;
const versionOf = ({ version = 0 }: Partial<Run>): string => String(version);

function runIn(entry: Entry, subject: Json, material: Material): Json[] {
  const body = fieldsWithin(entry).body as Partial<Run>;
  const exercise = exerciseOfRun(material, body);
  const items = itemsOf(body, material).flatMap(({ value, ...item }) => {
    const [said] = exerciseAnswers({ answers: { [item.linkId]: value as never } }, material.vocabulary, exercise);
    return answered(item, [item.type === "decimal" ? value : said?.text], (id) => id);
  });
  const sides = Object.fromEntries((exercise?.measures ?? []).flatMap(({ before, after }) => [[before, "before"], [after, "after"]] as const));
  const ratings = itemsOf(body, material).flatMap(({ linkId, text, type, value }) => {
    const side = sides[linkId];
    const told = side === undefined ? text : lt(`leaving.fhir.${side}`, { question: text });
    return type === "decimal" ? [{ code: `${body.exercise}.${linkId}`.replaceAll(/\s+/g, "-"), text: told, value: number(value as number) }] : [];
  });
  const status = body.ended === "finished" ? "completed" : "stopped";
  return resources(subject, { entry, questionnaire: `${formOf(body)}|${versionOf(body)}`, status, items, ratings });
}

/** What a run's record holds, as items: numbers as they are, everything else in words. */
function itemsOf({ ratings = {}, answers = {}, ...body }: Partial<Run>, material: Material): (Item & { value: unknown })[] {
  const exercise = exerciseOfRun(material, body);
  return Object.entries<unknown>({ ...ratings, ...answers }).map(([linkId, value]) => {
    const [said] = exerciseAnswers({ answers: { [linkId]: value as never } }, null, exercise);
    return { linkId, text: said?.label ?? linkId, type: typeof value === "number" ? "decimal" : "text", value };
  });
}

/** One questionnaire for each exercise and version that was done, with every question that was answered. */
function runForms(material: Material): Json[] {
  const forms = new Map<string, { body: Partial<Run>; items: Map<string, Item> }>();
  for (const entry of material.entries.filter((entry) => entry.kind === "run" && isCounted(entry))) {
    const body = fieldsWithin(entry).body as Partial<Run>;
    const name = `${formOf(body)}|${versionOf(body)}`;
    const known = forms.get(name) ?? { body, items: new Map<string, Item>() };
    for (const { value: _, ...item } of itemsOf(body, material)) known.items.set(item.linkId, item);
    forms.set(name, known);
  }
  return [...forms.values()].map(({ body, items }) => {
    const title = body.title ?? exerciseOfRun(material, body)?.title ?? body.exercise ?? "";
    return form(formOf(body), versionOf(body), title || lt("leaving.fhir.exercise"), [...items.values()]);
  });
}
