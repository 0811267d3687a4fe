// The words of an entry that is all words, to be changed: a note, kept words, a scene. Pure.
import type { Item } from "../data/journal.ts";
import { SCENE } from "../exercise/forms.ts";
import { again } from "../sharing/entries.ts";
import type { Entry } from "./entries.ts";

/** Words as they stand in a field, by the field. */
export type Fields = Readonly<Record<string, string>>;
/** Words that are being changed, and the revision they were when that began; `fields` is null until a letter was. */
export interface Rewriting {
  fields: Fields | null;
  base: string | null;
}

const MOST = 280;

/** Whether an entry is changed in its words. A check-in has its form; what was done in an exercise stays as it was. */
export function isWords({ kind, main: { body } }: Entry): boolean {
  return (kind === "note" || kind === "card" || kind === "scene") && body !== null;
}

/** What there is to change, in the order it is read. */
export function fieldsIn({ kind, main: { body } }: Entry): Fields {
  const names = kind === "scene" ? ["title", ...SCENE] : ["text"];
  return Object.fromEntries(names.flatMap((name) => {
    const value = body?.[name];
    return typeof value === "string" && value !== "" ? [[name, value]] : [];
  }));
}

/** Room for as much as where it was first written, and never less than is there. */
export function roomFor(before: string): number {
  return Math.max(MOST, before.length);
}

/** Something has to be left: an entry that says nothing is deleted, and that is another button. */
export function saysSomething(fields: Fields): boolean {
  return Object.entries(fields).some(([name, text]) => name !== "title" && text.trim() !== "");
}

/** The entry with these words, for whom it was before. What is not said here stays as it is. */
export function rewritten({ main }: Entry, fields: Fields, base: string | null): Item {
  const said = Object.entries(fields).map(([name, text]) => [name, text.trim()] as const);
  const gone = new Set(said.filter(([, text]) => text === "").map(([name]) => name));
  const kept = Object.entries(main.body ?? {}).filter(([name]) => !gone.has(name));
  return { ...again(main, main.audience, { ...Object.fromEntries(kept), ...Object.fromEntries(said.filter(([name]) => !gone.has(name))) }), base };
}
