// What the routes of a practice's own exercises answer.

/** One of them in the list. */
export interface OwnLine {
  id: string;
  title: string;
  version: number;
  /** Its version is still being written. */
  draft: boolean;
  retired: boolean;
  by: string;
  at: number;
}

/** Something to put right: in which file, at which step or line where that is known. */
export interface Problem {
  file: string;
  says: string;
  step?: string;
  line?: number;
}

/** A step as its file says it: its id, its type, and what that type can have. */
export type FormStep = { id: string; type: string; seconds: number } & Record<string, unknown>;

/** The words of one step. */
export interface Part {
  text: string;
  slots: Record<string, string>;
}

/** Everything the two files say, in parts. */
export interface Form {
  head: Record<string, unknown>;
  steps: FormStep[];
  title: string;
  summary: string;
  caution: string;
  /** By the id of the step. */
  parts: Record<string, Part>;
}

export interface Files {
  structure: string;
  words: string;
}

export interface OwnExercise extends OwnLine {
  rev: number;
  editions: { version: number; by: string; at: number }[];
  files: Files;
  /** Null where the files can't be shown as one. */
  form: Form | null;
  problems: Problem[];
  /** About how long each step takes. */
  seconds: Record<string, number>;
}

/** What is written here: in one of the two ways. */
export type Written = { form: Form } | { files: Files };
