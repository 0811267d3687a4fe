// What becomes of a record when the server answers an op or sends its own version. Pure: no database, no clock.
import type { Body, Epochs, Op, PutOp, Result, WireRecord } from "./types.ts";
import {
  apart, blank, type Change, content, joined, local, lost, newer, nothing, onServer, type Queued, queued, type Row, sameContent,
  settled, type Version, versionOfOp, waiting,
} from "./versions.ts";

// --- Answers of the server

/** Where the phone stands: the journal's epochs, and the number of the pull from the start it is in or had last. */
export interface Standing {
  epochs: Epochs;
  pull: number;
}

/** The result of `sent`, the oldest waiting op of this record. A conflicting text goes to `copy`, which may be there. */
export function answered(
  row: Row | null,
  ops: readonly Queued[],
  sent: Queued,
  result: Result,
  copy: { id: string; row: Row | null },
  { epochs, pull }: Standing,
): Change {
  const rest = ops.filter((op) => op.id !== sent.id);
  if (!row) return { ...nothing(), dropOps: [sent.id] };
  const listed = { ...row, pull }; // the server has just spoken of it
  switch (result.status) {
    case "applied":
      return applied(listed, rest, sent, result.rev ?? null, epochs);
    case "conflict":
      return conflicting(listed, rest, sent, copy);
    case "stale":
      return outdated(listed, rest, sent, result.rev ?? null);
    case "refused":
      return refused(row, rest, sent, result.reason ?? null);
  }
}

function applied(row: Row, rest: readonly Queued[], sent: Queued, rev: string | null, epochs: Epochs): Change {
  const acked = rev === null ? row.acked : [...row.acked, { op: sent.id, rev }].slice(-5);
  const ours: Version = { ...versionOfOp(sent.op, rest.length === 0 ? row.shown : (row.before ?? row.shown)), rev };
  const theirs = row.before;
  const kept = theirs && newer(theirs.rev, rev, epochs) ? theirs : ours;
  const dropOps = [sent.id];
  if (rest.length === 0) return { ...nothing(), rows: standing({ ...row, acked }, kept), dropOps };
  const state = rest.some((op) => op.state === "waiting") ? row.state : "refused";
  return { ...nothing(), rows: [{ ...row, state, acked, before: kept }], ops: chained(rest, rev), dropOps };
}

/**
 * Both texts stay: the server's under the record's id, ours as a copy; edits queued behind ours follow the copy. What was taken
 * back and is replaced by ours does not stay: the server holds another text back, which this device has not got.
 */
function conflicting(row: Row, rest: readonly Queued[], sent: Queued, copy: { id: string; row: Row | null }): Change {
  const follows = rest[0]?.after === true;
  const { before } = row;
  const replaced = before !== null && before.audience === "me" && !before.own && sent.op.base === before.rev;
  const original = rest.length > 0 && !follows ? [row] : before && !replaced ? [settled(row, before)] : [];
  return {
    ...nothing(),
    rows: [...original, ...copied(row, sent, copy, follows)],
    dropRows: original.length === 0 ? [row.id] : [],
    ops: follows ? moved(rest, sent, copy) : [],
    dropOps: [sent.id],
  };
}

/** The copy as this phone shows it until the server delivers it. When it was delivered before, only edits change it. */
function copied(row: Row, sent: Queued, copy: { id: string; row: Row | null }, follows: boolean): Row[] {
  if (sent.op.action !== "put") return [];
  const announced: Version = { ...versionOfOp(sent.op, row.shown), rev: null, conflict_of: row.id };
  const shown: Version = follows ? { ...row.shown, conflict_of: row.id } : announced;
  if (copy.row) return follows ? [waiting(copy.id, row.kind, copy.row, shown)] : [];
  const before = follows ? announced : null;
  return [{ ...blank(copy.id, row.kind, shown), before, state: "waiting", expected: true, pull: row.pull }];
}

/** Edits on the way to a copy. Their base is the copy as it was made; when someone changed it since, both texts stay. */
function moved(rest: readonly Queued[], sent: Queued, { id, row }: { id: string; row: Row | null }): Queued[] {
  const there = rest.map((op) => {
    const link = op.op.action === "put" ? { conflict_of: sent.record } : {};
    return { ...op, record: id, op: { ...op.op, ...link, record: id } };
  });
  if (!row) return there;
  const untouched = sent.op.action === "put" && sameContent(row.shown, versionOfOp(sent.op, row.shown));
  return [...chained(there, untouched ? row.shown.rev : null), ...there.slice(1)];
}

/** Nothing was changed on the server; its version comes with the pull. */
function outdated(row: Row, rest: readonly Queued[], sent: Queued, rev: string | null): Change {
  const dropOps = [sent.id];
  if (rest.length > 0) return { ...nothing(), rows: [row], ops: chained(rest, rev), dropOps };
  const theirs = row.before?.own ? null : row.before; // a private text goes, although its delete came too late
  if (isOwn(row)) {
    const rows = theirs !== null && theirs.rev === rev ? standing(row, theirs) : [settled(row, { ...row.shown, rev: null })];
    return { ...nothing(), rows, dropOps };
  }
  if (!theirs) return { ...nothing(), dropRows: [row.id], dropOps };
  return { ...nothing(), rows: [settled(row, theirs)], dropOps };
}

/** The row shows a private text that was never sent. */
function isOwn({ shown }: Row): boolean {
  return shown.own && !shown.deleted;
}

/**
 * The server's text stands in its record. A private one that was never sent stays whatever the server holds: beside a
 * text that is shared there, as a record of its own.
 */
function standing(row: Row, theirs: Version): Row[] {
  if (!row.shown.own) return [settled(row, theirs)];
  const { edit } = row.shown;
  const alone = row.shown.deleted || !isShared(theirs) || edit === undefined || edit === row.id;
  if (alone) return [settled(row, { ...row.shown, rev: theirs.rev })];
  return [settled(row, theirs), blank(edit, row.kind, { ...row.shown, rev: null, conflict_of: row.id })];
}

const isShared = ({ deleted, audience }: Version): boolean => !deleted && audience !== "me";

/** Stays visible with its reason; a later edit takes its place instead. */
function refused(row: Row, rest: readonly Queued[], sent: Queued, reason: string | null): Change {
  const [next, ...others] = rest;
  if (next?.after) {
    const heir = { ...next, after: false, op: { ...next.op, base: sent.op.base } };
    return { ...nothing(), rows: [row], ops: [heir, ...others], dropOps: [sent.id] };
  }
  if (next && sent.op.action === "put") return joined([{ ...nothing(), rows: [row] }, refusedBeside(row, sent, sent.op, reason)]);
  const still: Row = rest.some((op) => op.state === "waiting") ? row : { ...row, state: "refused", reason };
  return { ...nothing(), rows: [still], ops: [{ ...sent, state: "refused", reason }] };
}

/** The text on screen is another window's: the refused one is a record of its own, to be changed, sent or given up. */
export function refusedBeside(row: Row, sent: Queued, said: PutOp, reason: string | null): Change {
  const id = sent.id;
  const op: Queued = { ...sent, record: id, state: "refused", reason, op: { ...said, record: id, base: null, conflict_of: row.id } };
  return { ...nothing(), rows: [{ ...blank(id, row.kind, apart(sent, row)), state: "refused", reason }], ops: [op] };
}

function chained(rest: readonly Queued[], rev: string | null): Queued[] {
  return rest.slice(0, 1).map((op) => (op.after ? { ...op, after: false, op: { ...op.op, base: rev } } : op));
}

// --- Pulls

/** A record as the server holds it now, in the pull numbered `pull`. Null: there is nothing to keep. */
export function pulled(row: Row | null, ops: readonly Queued[], record: WireRecord, { epochs, pull }: Standing): Change {
  const theirs = versionOfWire(record, row);
  if (!row) {
    const empty = theirs.deleted || (theirs.body === null && !theirs.unreadable);
    return empty ? nothing() : { ...nothing(), rows: [{ ...settled(blank(record.id, record.kind, theirs), theirs), pull }] };
  }
  if (ops.length > 0) return pulledUnderEdit({ ...row, pull, expected: false }, ops, theirs, epochs);
  if (isOwn(row)) return { ...nothing(), rows: pulledUnderOwn({ ...row, pull }, theirs, epochs) };
  const readable = row.shown.unreadable === true && !theirs.unreadable;
  const fresh = row.expected || readable || newer(theirs.rev, row.shown.rev, epochs) || lost(row.shown.rev, epochs);
  return { ...nothing(), rows: [{ ...(fresh ? settled(row, theirs) : row), pull }] };
}

/**
 * A text that was never sent from here, and is there all the same, is that one. One that another device shared in its
 * place is shown; anything else is remembered.
 */
function pulledUnderOwn(row: Row, theirs: Version, epochs: Epochs): Row[] {
  const same = row.shown.rev === null && sameContent({ ...row.shown, audience: theirs.audience }, theirs);
  if (same) return [settled(row, theirs)];
  if (!newer(theirs.rev, row.before?.rev ?? row.shown.rev, epochs)) return [row];
  const rows = standing(row, theirs);
  return rows.length > 1 ? rows : [{ ...row, before: theirs }];
}

function pulledUnderEdit(row: Row, ops: readonly Queued[], theirs: Version, epochs: Epochs): Change {
  const first = ops[0];
  const untouched = row.before !== null && sameContent(row.before, theirs);
  const awaited = first?.after ? [{ ...first, after: false, op: { ...first.op, base: untouched ? theirs.rev : null } }] : [];
  const known = row.before?.rev ?? null;
  const toReturn = lost(known, epochs) && row.before?.author === "client" && ops.every(({ state }) => state === "refused");
  const stays = toReturn && !untouched; // see `discarded`
  const before = !stays && (newer(theirs.rev, known, epochs) || lost(known, epochs)) ? theirs : row.before;
  return { ...nothing(), rows: [{ ...row, before }], ops: awaited };
}

/** After a whole pull: a copy that the server did not deliver is narrower than the server may hold, and stays here. */
export function notDelivered(row: Row, ops: readonly Queued[]): Change {
  const shown: Version = { ...row.shown, audience: "me", rev: null, own: true };
  if (shown.deleted) return { ...nothing(), dropRows: [row.id], dropOps: ops.map((op) => op.id) };
  return {
    ...nothing(),
    rows: [{ ...row, state: "only-here", expected: false, before: null, shown }],
    dropOps: ops.map((op) => op.id),
  };
}

/** After a restore: what the server lost of this person's own writing goes back, by the same op from every device. */
export function resent(row: Row, ops: readonly Queued[], opId: string, epochs: Epochs): Change {
  const { shown } = row;
  const hasNoText = shown.body === null && !shown.deleted && shown.audience !== "me";
  if (ops.length > 0 || shown.author !== "client" || hasNoText || !lost(shown.rev, epochs)) return nothing();
  const bare = { id: opId, record: row.id, kind: row.kind, base: shown.rev };
  let op: Op;
  if (shown.deleted) op = { ...bare, action: "delete" };
  else if (shown.audience === "me") op = { ...bare, action: "withdraw" };
  else op = { ...content(shown), ...bare, action: "put" };
  const again = { ...shown, rev: local(opId) };
  return { ...nothing(), rows: [{ ...row, state: "waiting", shown: again, before: null }], ops: [queued(row.id, false, op)] };
}

export interface Sweep {
  drop: string[];
  /** How many were kept because dropping them would have removed more than half. */
  kept: number;
}

/** After a pull from the start: settled rows that the server did not list go, unless they are suspiciously many. */
export function sweep(rows: readonly Row[], withOps: ReadonlySet<string>, pull: number): Sweep {
  const visible = clean(rows, withOps).filter((row) => !row.shown.deleted);
  const gone = absent(rows, withOps, pull);
  const missed = gone.filter((row) => !row.shown.deleted);
  if (visible.length >= 10 && missed.length > visible.length / 2) return { drop: [], kept: missed.length };
  return { drop: gone.map((row) => row.id), kept: 0 };
}

/** The settled rows that the server did not list in the pull from the start numbered `pull`. */
export function absent(rows: readonly Row[], withOps: ReadonlySet<string>, pull: number): Row[] {
  return clean(rows, withOps).filter((row) => row.pull !== pull);
}

function clean(rows: readonly Row[], withOps: ReadonlySet<string>): Row[] {
  return rows.filter((row) => row.state === "sent" && !withOps.has(row.id) && onServer(row.shown.rev));
}

// --- Versions

/**
 * A record that was withdrawn, or that the server can't read, comes back empty: the phone keeps its text. Therapist-only
 * text goes when its time is over.
 */
function versionOfWire(record: WireRecord, row: Row | null): Version {
  const deleted = record.deleted === true;
  const withdrawnThere = !deleted && record.audience === "me" && !record.body;
  const unreadable = record.unreadable === true && !deleted && !record.body;
  const kept = (withdrawnThere || unreadable) && row ? (row.before ?? row.shown) : null;
  return {
    rev: record.rev,
    schema: record.schema,
    audience: record.audience,
    author: record.author,
    deleted,
    felt_at: record.felt_at ?? kept?.felt_at ?? null,
    zone: record.zone ?? kept?.zone ?? null,
    day: record.day ?? kept?.day ?? null,
    saved_at: record.saved_at,
    body: deleted ? null : (kept?.body ?? trimmed(record.kind, record.body ?? null, null)),
    conflict_of: record.conflict_of ?? null,
    own: false,
    ...(unreadable && { unreadable }),
  };
}

/** The body without its snapshot once an assignment has ended, or expired before `today`. */
export function trimmed(kind: string, body: Body | null, today: string | null): Body | null {
  if (kind !== "assignment" || !body) return body;
  const { suspended } = body as { suspended?: { since?: unknown } | null };
  if (suspended) return { ...body, suspended: { since: suspended.since } };
  if (body["snapshot"] === undefined) return body;
  const expires = body["expires_on"];
  const expired = today !== null && typeof expires === "string" && expires < today;
  if (!body["ended_at"] && !expired) return body;
  const { snapshot: _, ...rest } = body;
  return rest;
}
