import { t } from "./entry-words.ts";
import type { Body, CheckIn, LocalRecord, Run } from "../data/types.ts";
import { sceneLines } from "../exercise/forms.ts";
import type { Exercise, Named, Vocabulary } from "../exercise/types.ts";
import { pt } from "../exercise/words.ts";
import { entryTitle, nt, reasonWords } from "../practise/not-today-words.ts";
import { affectText } from "../ui/inputs/affect-text.ts";
import { answerText, exerciseAnswers } from "./answers.ts";
import { type Entry, wholeBody } from "./entries.ts";

/** One line of an entry: what was asked, what was answered, and whether it stays on this phone. */
export type Field = { label: string; text: string; private: boolean };

/** What an entry holds, in words, in the order it was asked. `exercise` is the one a run was made with, if it is known. */
export function fieldsOf(entry: Entry, vocabulary: Vocabulary | null, exercise: Exercise | null): Field[] {
  return [entry.main, ...entry.parts].flatMap((record) =>
    answersIn(record, vocabulary, exercise)
      .filter(({ text }) => text !== "")
      .map((answer) => ({ ...answer, private: record.audience === "me" })));
}

/** The few words an entry is known by. A run that does not tell its title has that of its exercise, if it is known. */
export function titleOf(entry: Entry, vocabulary: Vocabulary | null, exercise: Exercise | null = null): string {
  const body = entry.main.body ?? {};
  if (entry.kind === "run") return text(body["title"]) || (exercise?.title ?? t("history.run"));
  if (entry.kind === "not-today") return entryTitle(text(body["title"]) || exercise?.title);
  if (entry.kind === "note") return t("history.note");
  if (entry.kind === "card") return t("history.card");
  if (entry.kind === "scene") return pt("player.scene") + suffix(text(body["title"]));
  return t("history.checkin") + suffix(wordsText(wholeBody<CheckIn>(entry), vocabulary));
}

/** The line under the title: a mood in words, how a run ended, or the first words of a note. */
export function summaryLine(entry: Entry): string {
  if (entry.main.body === null) return t("history.unreadable");
  const body = wholeBody<CheckIn & Partial<Run> & { text?: string }>(entry);
  if (entry.kind === "note" || entry.kind === "card") return short(body.text ?? "");
  if (entry.kind === "scene") return short(sceneLines(body).map(({ text: said }) => said).join(" · "));
  if (entry.kind === "not-today") return short([...reasonsIn(body), ...(body.text ? [`“${body.text}”`] : [])].join(" · "));
  if (entry.kind === "run") return body.ended === undefined ? "" : t(`history.ended.${body.ended}`);
  const note = text(body.note);
  return [
    body.affect === undefined ? "" : affectText(body.affect),
    body.distress === undefined ? "" : t("history.distress_short", { n: body.distress }),
    note === "" ? "" : `“${short(note)}”`,
  ].filter((part) => part !== "").join(" · ");
}

type Plain = Omit<Field, "private">;

function answersIn(record: LocalRecord, vocabulary: Vocabulary | null, exercise: Exercise | null): Plain[] {
  const body = record.body ?? {};
  if (record.kind === "run") return runAnswers(body as Partial<Run>, vocabulary, exercise);
  if (record.kind === "checkin") return checkInAnswers(body as CheckIn, vocabulary);
  if (record.kind === "scene") return sceneLines(body);
  if (record.kind === "not-today") return notTodayAnswers(body);
  return [{ label: t(record.kind === "card" ? "history.card" : "history.note"), text: text(body["text"]) }];
}

function checkInAnswers(body: CheckIn, vocabulary: Vocabulary | null): Plain[] {
  const contexts = vocabulary === null ? [] : Object.values(vocabulary.contexts).flat();
  return [
    { label: t("history.field.mood"), text: body.affect === undefined ? "" : affectText(body.affect) },
    { label: t("checkin.distress"), text: body.distress === undefined ? "" : t("history.distress", { n: body.distress }) },
    { label: t("history.field.words"), text: (body.words ?? []).map((word) => answerText([word], vocabulary)).join(", ") },
    { label: t("history.field.own_words"), text: (body.own_words ?? []).join(", ") },
    { label: t("history.field.body"), text: labels(body.regions, vocabulary?.regions) },
    { label: t("history.field.sensations"), text: labels(body.sensations, vocabulary?.sensations) },
    { label: t("history.field.around"), text: labels(body.contexts, contexts) },
    { label: t("history.field.wish"), text: labels(body.wish === undefined ? [] : [body.wish], vocabulary?.wishes) },
    { label: t("history.note"), text: body.note ?? "" },
    { label: t("history.field.session"), text: body.bring === true ? t("history.bring") : "" },
  ];
}

function runAnswers(body: Partial<Run>, vocabulary: Vocabulary | null, exercise: Exercise | null): Plain[] {
  const main = !("part_of" in body);
  return [
    { label: t("history.field.ended"), text: main && body.ended !== undefined ? t(`history.ended.${body.ended}`) : "" },
    ...exerciseAnswers(body, vocabulary, exercise),
  ];
}

function notTodayAnswers(body: Body): Plain[] {
  const [reasons, own] = [reasonsIn(body).join(" · "), text(body["text"])];
  return [
    { label: nt("notToday.field.why"), text: reasons + own === "" ? nt("notToday.field.nothing") : reasons },
    { label: nt("notToday.field.own"), text: own },
  ];
}

function reasonsIn(body: Body): string[] {
  const given = body["reasons"];
  return Array.isArray(given) ? given.map((one) => reasonWords(String(one))) : [];
}

function wordsText({ words = [], own_words = [] }: CheckIn, vocabulary: Vocabulary | null): string {
  return [...words.map((word) => answerText([{ id: word.id }], vocabulary)), ...own_words].join(", ");
}

function labels(ids: readonly string[] = [], options: readonly Named[] = []): string {
  return ids.map((id) => options.find((option) => option.id === id)?.label ?? id).join(", ");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function suffix(words: string): string {
  return words === "" ? "" : `: ${words}`;
}

function short(words: string): string {
  return words.length <= 90 ? words : `${words.slice(0, 88).trimEnd()}…`;
}
