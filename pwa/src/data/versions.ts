// A record on this phone: what it shows, what the server is known to hold, and the ops between the two. Pure.
//
// A row shows one version. While it has ops in the outbox, `before` is the version to fall back on: the newest one
// the server is known to hold, or the private text before it was shared. A version that waits to be sent has the
// revision "~" + the id of its op, so an editor can say which text it began from; a private text is named by its save.
import type { Audience, Body, Epochs, Op, Role, State } from "./types.ts";

export interface Version {
  rev: string | null;
  schema: number;
  audience: Audience;
  author: Role;
  deleted: boolean;
  felt_at: number | null;
  zone: string | null;
  day: string | null;
  saved_at: number;
  body: Body | null;
  conflict_of: string | null;
  /** The server could not read its copy: the body is what this phone had of it, or null. */
  unreadable?: boolean;
  /** A private text that was never sent: nothing that is pulled may replace it. */
  own: boolean;
  /** Of an own text: the save that made it. */
  edit?: string;
}

export interface Row {
  id: string;
  kind: string;
  state: State;
  reason: string | null;
  shown: Version;
  before: Version | null;
  /** Own ops the server has applied lately, with the revision each became. */
  acked: { op: string; rev: string }[];
  /** A conflict copy that the server announced and has not delivered yet. */
  expected: boolean;
  /** The pull in which the server last listed it. */
  pull: number;
}

export interface Queued {
  seq: number | null;
  id: string;
  record: string;
  state: "waiting" | "refused";
  /** How often it was handed to the network: 0 means it never left this phone. */
  tries: number;
  next_at: number;
  reason: string | null;
  /** Its base is the revision that the op before it will get. */
  after: boolean;
  op: Op;
}

export interface Edit {
  kind: string;
  schema: number;
  audience: Audience;
  felt_at: number | null;
  zone: string | null;
  day: string | null;
  body: Body;
  base: string | null;
}

/** What to write: rows and ops to put, ids to drop. */
export interface Change {
  rows: Row[];
  dropRows: string[];
  ops: Queued[];
  dropOps: string[];
}

export const nothing = (): Change => ({ rows: [], dropRows: [], ops: [], dropOps: [] });
export const local = (op: string): string => `~${op}`;
export const onServer = (rev: string | null): rev is string => rev !== null && !rev.startsWith("~");
/** What an editor gives back to say that it began from this text. */
export const named = ({ own, edit, rev }: Version): string | null => (own && edit !== undefined ? local(edit) : rev);

// --- Revisions

/** Whether `one` is from later in the journal than `other`; an epoch we don't know of is older than any. */
export function newer(one: string | null, other: string | null, epochs: Epochs): boolean {
  if (!onServer(one)) return false;
  if (!onServer(other)) return true;
  const [a, b] = [place(one, epochs), place(other, epochs)];
  return a.epoch === b.epoch ? a.seq > b.seq : a.epoch > b.epoch;
}

/** Whether a restore lost this revision: made past the point where a later epoch began. */
export function lost(rev: string | null, epochs: Epochs): boolean {
  if (!onServer(rev)) return false;
  const { epoch, seq } = place(rev, epochs);
  return epoch < 0 || epochs.slice(epoch + 1).some(([, fork]) => seq > fork);
}

export function place(rev: string, epochs: Epochs): { epoch: number; seq: number } {
  const dot = rev.lastIndexOf(".");
  const name = rev.slice(0, dot);
  return { epoch: epochs.findIndex(([epoch]) => epoch === name), seq: Number(rev.slice(dot + 1)) };
}

export function content(version: Version) {
  const { schema, audience, body, felt_at, zone, day, conflict_of } = version;
  return {
    schema,
    audience,
    body: body ?? {},
    ...(felt_at === null ? {} : { felt_at }),
    ...(zone === null ? {} : { zone }),
    ...(day === null ? {} : { day }),
    ...(conflict_of && { conflict_of }),
  };
}

type Said = Pick<Version, "audience" | "felt_at" | "zone" | "day" | "body">;

export function sameContent(one: Said, other: Said): boolean {
  const said = ({ audience, felt_at, zone, day, body }: Said): string => JSON.stringify([audience, felt_at, zone, day, body]);
  return said(one) === said(other);
}

/** What an op says, of a record that shows `shown`. */
export function versionOfOp(op: Op, shown: Version): Version {
  if (op.action === "delete") return { ...shown, deleted: true, body: null };
  if (op.action === "withdraw") return { ...shown, audience: "me" };
  const { schema, audience, body } = op;
  const when = { felt_at: op.felt_at ?? null, zone: op.zone ?? null, day: op.day ?? null };
  return { ...shown, ...when, schema, audience, body, deleted: false, own: false };
}

/** What an op of a record says, as a text of its own beside the one on screen. */
export function apart({ id, op }: Queued, row: Row): Version {
  return { ...versionOfOp(op, row.shown), rev: local(id), conflict_of: row.id };
}

export function blank(id: string, kind: string, shown: Version): Row {
  return { id, kind, state: "only-here", reason: null, shown, before: null, acked: [], expected: false, pull: 0 };
}

export function waiting(id: string, kind: string, row: Row | null, shown: Version): Row {
  const before = row ? (row.before ?? (row.shown.rev?.startsWith("~") ? null : row.shown)) : null;
  return { ...blank(id, kind, shown), ...row, state: "waiting", reason: null, shown, before };
}

export function settled(row: Row, shown: Version): Row {
  const state = shown.audience === "me" && !shown.deleted ? "only-here" : "sent";
  return { ...row, state, reason: null, shown, before: null, expected: false };
}

export function queued(record: string, after: boolean, op: Op): Queued {
  return { seq: null, id: op.id, record, state: "waiting", tries: 0, next_at: 0, reason: null, after, op };
}

/** Several changes as one. */
export function joined(parts: readonly Change[]): Change {
  const whole = nothing();
  for (const part of parts) {
    whole.rows.push(...part.rows);
    whole.dropRows.push(...part.dropRows);
    whole.ops.push(...part.ops);
    whole.dropOps.push(...part.dropOps);
  }
  return whole;
}
