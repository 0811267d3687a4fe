// The shapes that travel between phone and server, and the shape the screens see.

export type Role = "client" | "therapist" | "admin";
export type Audience = "me" | "service" | "therapist";

/** Who is signed in, as the server answers. */
export interface Me {
  role: Role;
  id: string;
  name: string;
  practice: string;
  /** The therapist's display name (clients only; may be empty). */
  therapist: string;
  login: string;
  now: number;
  /** Exercises this practice has looked at and allowed: "exercise-id@version". */
  approvals: string[];
}

/** A body: the fields of its kind, and those of newer versions, kept. */
export type Body = Readonly<Record<string, unknown>>;

/** A record as it travels. `body` is absent on a tombstone and after a withdrawal. */
export interface WireRecord {
  id: string;
  kind: string;
  schema: number;
  audience: Audience;
  author: Role;
  rev: string;
  saved_at: number;
  deleted?: boolean;
  felt_at?: number | null;
  zone?: string | null;
  day?: string | null;
  body?: Body | null;
  conflict_of?: string | null;
  /** The server holds a body and can't read it: a device keeps what it has. */
  unreadable?: boolean;
}

export interface PutOp {
  action: "put";
  id: string;
  record: string;
  kind: string;
  schema: number;
  base: string | null;
  audience: Audience;
  felt_at?: number;
  zone?: string;
  day?: string;
  /** Of a copy: the server keeps it when the record is new there, as after a restore. */
  conflict_of?: string;
  body: Body;
}
export interface BareOp<Action extends "delete" | "withdraw"> {
  action: Action;
  id: string;
  record: string;
  kind: string;
  base: string | null;
}
export type Op = PutOp | BareOp<"delete"> | BareOp<"withdraw">;

/** What became of one op; `results[i]` answers `ops[i]`. */
export interface Result {
  op: string | null;
  status: "applied" | "conflict" | "stale" | "refused";
  rev?: string | null;
  copy?: string | null;
  reason?: string | null;
}

/** Epochs of a journal, oldest first, each with the counter at which it began. */
export type Epochs = ReadonlyArray<readonly [epoch: string, fork: number]>;

export interface SyncAnswer {
  epochs: Epochs;
  reset: null | "epoch" | "age";
  results: Result[];
  records: WireRecord[];
  cursor: string;
  more: boolean;
  now: number;
}

/** Where a record stands: never sent, on its way, on the server, or turned away. */
export type State = "only-here" | "waiting" | "sent" | "refused";

/**
 * A record as the screens see it: what this phone shows, sent or not. `rev` names the text on screen; hand it
 * back as `base` when an edit of that text is saved.
 */
export interface LocalRecord<B extends object = Body> {
  id: string;
  kind: string;
  schema: number;
  audience: Audience;
  author: Role;
  rev: string | null;
  deleted: boolean;
  felt_at: number | null;
  zone: string | null;
  day: string | null;
  saved_at: number;
  body: B | null;
  conflict_of: string | null;
  /** The server could not read its copy: `body` is what this phone had of it, or null. */
  unreadable?: boolean;
  state: State;
  reason: string | null;
}

// --- Bodies, schema 1. Every field may be missing; unknown ones are kept.

export type EmotionPick = {
  id: string;
  strength?: number;
};
export type CheckIn = {
  when?: "now" | "earlier" | "yesterday";
  affect?: { v: number; a: number };
  distress?: number;
  words?: EmotionPick[];
  regions?: string[];
  sensations?: string[];
  contexts?: string[];
  wish?: string;
  bring?: boolean;
  seconds?: number;
  source?: "own" | "reminder";
  part_of?: string;
  /** Private part only (audience me). */
  note?: string;
  own_words?: string[];
};
export type Answer = string | number | boolean | null | string[] | Record<string, unknown>;
export type Run = {
  exercise: string;
  version: number;
  title?: string;
  assignment?: string;
  started_at?: number;
  ended_at?: number;
  ended: "finished" | "stopped" | "left";
  /** The steps that were read in a therapist's other words. */
  tailored?: readonly string[];
  stopped_at_step?: string;
  /** With the page in front; `hidden_seconds` is the time it was not. */
  seconds?: number;
  hidden_seconds?: number;
  /** By step, with the page in front; beside the answers, wherever those are kept. */
  step_seconds?: Record<string, number>;
  /** The length that was chosen, in minutes, where there is a choice. */
  length?: number;
  answers?: Record<string, Answer>;
  ratings?: Record<string, number>;
  locked_until?: number;
  part_of?: string;
};
/** What was set and is left for another day; reasons by id. */
export type NotToday = {
  exercise: string;
  title?: string;
  assignment?: string;
  reasons?: string[];
  text?: string;
};
export type Note = {
  text: string;
};
export type Card = {
  text: string;
  from?: string;
  name?: string;
  /** What the text was made of, where it was a plan: its fields, by name. */
  fields?: Record<string, string | number>;
};
/** A scene: its fields, by name, each a few words. */
export type Scene = {
  when?: string;
  other?: string;
  they_did?: string;
  felt?: string;
  body?: string;
  thought?: string;
  wish?: string;
  expected?: string;
  my_move?: string;
  about_me?: string;
  healthier?: string;
  title?: string;
  from?: string;
  part_of?: string;
};
export type Plan = {
  /** The time, the first of several, or where the stretch begins. */
  at: string;
  days: number[];
  about: string;
  on: boolean;
  paused_until?: string | null;
  kind?: "fixed" | "window";
  /** Further times of a day. */
  more?: string[];
  /** Where the stretch ends, and how many reminders there are in it. */
  to?: string | null;
  times?: number;
  /** First and last day. */
  from?: string | null;
  until?: string | null;
  /** Times in quiet hours that the client, asked, wants all the same. */
  in_quiet?: string[];
  /** When the client last said that they want it. */
  renewed_at?: number;
};
export type Mark = {
  what: string;
  plan?: string;
  day?: string;
  slot?: number;
  /** Of a high exercise that was past its gate, or has to be opened again: which, for which assignment, in which run. */
  exercise?: string;
  assignment?: string;
  run?: string;
  at?: number;
  locked_until?: number;
  /** The entry that lets a reminder rest. */
  record?: string;
};
export type Assignment = {
  exercise: string;
  version: number;
  title: string;
  by: string;
  reason?: string;
  times_a_week?: number;
  until?: string;
  rehearsed_on?: string;
  scene?: string;
  distress_limit?: number;
  ended_at?: number;
  /** When the scene or the texts written together were last changed after it was set. */
  rewritten_at?: number;
  /** The whole exercise, for those that are never in the public list. */
  snapshot?: unknown;
  /** A restore set it aside until the therapist confirms it; the exercise's text waits on the server. */
  suspended?: { since: number } | null;
  expires_on?: string;
  set_on?: string;
  /** When the therapist suggests to be reminded. The client decides. */
  suggested?: { at: string; days: number[] } | null;
  /** Other words that the therapist wrote for steps of one version. */
  tailored?: { version: number; words: Record<string, string> } | null;
};
/** In which order what is set is offered; what is not named comes after. */
export type Menu = { order?: string[]; first?: string | null };
