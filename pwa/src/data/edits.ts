// What a save, a delete or a withdrawal on this phone does to a record and its ops. Pure: no database, no clock.
import { refusedBeside, resent } from "./merge.ts";
import type { Epochs } from "./types.ts";
import {
  apart, blank, type Change, content, type Edit, joined, local, named, nothing, onServer, type Queued, queued, type Row, sameContent,
  settled, type Version, versionOfOp, waiting,
} from "./versions.ts";

/** A save. `ops` are the record's ops, oldest first; `opId` is a new id. The same content twice changes nothing. */
export function edited(id: string, row: Row | null, ops: readonly Queued[], edit: Edit, opId: string, now: number): Change {
  if (row && row.state !== "refused" && !row.shown.deleted && sameContent(row.shown, edit)) return nothing();
  if (row && !current(row, edit.base) && keepsApart(row, edit)) return beside(id, edit, opId, now);
  const version = versionOfEdit(edit, row?.shown ?? null, opId, now);
  if (edit.audience === "me") return keptPrivate(id, row, ops, edit.kind, version, opId);
  const last = ops.at(-1);
  const start = row ? basis(row, ops, edit) : { base: null, after: false, replaces: false };
  const put: Queued = queued(id, start.after, {
    ...content(version),
    action: "put",
    id: opId,
    record: id,
    kind: edit.kind,
    base: start.base,
  });
  const change = {
    ...nothing(),
    rows: [waiting(id, edit.kind, row, { ...version, rev: local(opId) })],
    ops: [put],
    dropOps: start.replaces && last ? [last.id] : [],
  };
  const left = start.replaces || last?.state !== "refused" || last.op.action !== "put" ? null : last.op;
  return row && last && left ? joined([change, refusedBeside(row, last, left, last.reason)]) : change;
}

/** Whether an editor that was given `base` began from the text on screen. */
function current({ shown, acked }: Row, base: string | null): boolean {
  const name = named(shown);
  return base === name || (name === shown.rev && known(acked, base) === name);
}

/** The revision that a text has by now. */
function known(acked: Row["acked"], base: string | null): string | null {
  return acked.find(({ op }) => local(op) === base)?.rev ?? base;
}

/** The editor began from an older text, and the server can't keep both: one of them never goes there. */
function keepsApart({ shown }: Row, { audience }: Edit): boolean {
  return audience === "me" || (shown.own && !shown.deleted);
}

/** The text as a record of its own. */
function beside(id: string, edit: Edit, opId: string, now: number): Change {
  const link = { conflict_of: id };
  const change = edited(opId, null, [], { ...edit, base: null }, opId, now);
  return {
    ...change,
    rows: change.rows.map((row) => ({ ...row, shown: { ...row.shown, ...link } })),
    ops: change.ops.map((op) => ({ ...op, op: { ...op.op, ...link } })),
  };
}

/** Which revision an edit builds on, and whether it takes the place of the last op. */
function basis(row: Row, ops: readonly Queued[], { base, audience }: Edit) {
  const last = ops.at(-1);
  // Of what is set, such as limits, the newest counts, whatever was there when nothing was known of it.
  if (current(row, base) || (base === null && audience === "service")) {
    if (!last) return { base: onServer(row.shown.rev) ? row.shown.rev : null, after: false, replaces: false };
    const fresh = last.state === "refused" || (last.tries === 0 && last.op.action === "put");
    return fresh
      ? { base: last.op.base, after: last.after, replaces: true }
      : { base: null, after: true, replaces: false };
  }
  // The editor began from an older text: the server will keep both.
  const older = known(row.acked, base);
  return { base: onServer(older) ? older : (ops[0]?.op.base ?? null), after: false, replaces: false };
}

/** A private text never enters the outbox; what was shared before is taken back. */
function keptPrivate(id: string, row: Row | null, ops: readonly Queued[], kind: string, version: Version, opId: string): Change {
  if (row?.shown.audience === "me") {
    const state = ops.length === 0 ? "only-here" : row.state;
    return { ...nothing(), rows: [{ ...row, state, shown: { ...version, rev: row.shown.rev } }] };
  }
  if (row && reached(row, ops)) {
    const change = withdrawn(row, ops, opId);
    const [next, ...others] = change.rows as [Row, ...Row[]];
    return { ...change, rows: [{ ...next, shown: { ...version, rev: next.shown.rev } }, ...others] };
  }
  const others = row ? kept(row, ops) : [];
  return { ...nothing(), rows: [blank(id, kind, version), ...others], dropOps: ops.map((op) => op.id) };
}

/** Deletes the record here, and on the server when it ever got there. Of two texts, the one on screen. */
export function removed(row: Row, ops: readonly Queued[], opId: string): Change {
  const other = otherOnScreen(row, ops);
  if (other) return other;
  if (!reached(row, ops)) return { ...nothing(), dropRows: [row.id], dropOps: ops.map((op) => op.id) };
  return superseded(row, ops, "delete", opId, { ...row.shown, deleted: true, body: null });
}

/** Takes back the share: the text stays on this phone, the server empties its copy. */
export function withdrawn(row: Row, ops: readonly Queued[], opId: string): Change {
  const neverSent = ops.some((op) => op.op.action === "put" && (op.tries === 0 || op.state === "refused"));
  const shown: Version = { ...row.shown, audience: "me", own: row.shown.own || neverSent, edit: opId };
  if (reached(row, ops)) {
    const change = superseded(row, ops, "withdraw", opId, shown);
    return { ...change, rows: [...change.rows, ...kept(row, ops)] };
  }
  const next: Row = { ...row, state: "only-here", reason: null, before: null, shown: { ...shown, rev: null } };
  return { ...nothing(), rows: [next, ...kept(row, ops)], dropOps: ops.map((op) => op.id) };
}

function superseded(row: Row, ops: readonly Queued[], action: "delete" | "withdraw", opId: string, shown: Version): Change {
  const sent = ops.filter((op) => op.tries > 0 && op.state === "waiting");
  const after = sent.length > 0 || ops[0]?.after === true;
  const seen = ops[0] ? ops[0].op.base : row.shown.rev;
  const base = !after && onServer(seen) ? seen : null;
  return {
    ...nothing(),
    rows: [waiting(row.id, row.kind, row, { ...shown, rev: local(opId) })],
    ops: [queued(row.id, after, { action, id: opId, record: row.id, kind: row.kind, base })],
    dropOps: ops.filter((other) => !sent.includes(other)).map((other) => other.id),
  };
}

/**
 * The ops of the text on screen, and before them those of others: two tabs can have saved, each on the older text, and
 * the server is to keep both.
 */
export function lines(ops: readonly Queued[]): { others: readonly Queued[]; line: readonly Queued[] } {
  let begin = 0;
  ops.forEach((op, i) => {
    if (i > 0 && !op.after) begin = i;
  });
  return { others: ops.slice(0, begin), line: ops.slice(begin) };
}

/** The text on screen never left this phone, and there is another one: that one is on screen again, and is sent. */
function otherOnScreen(row: Row, ops: readonly Queued[]): Change | null {
  const { others, line } = lines(ops);
  const other = others.at(-1);
  if (other?.op.action !== "put" || line.some((op) => op.tries > 0 && op.state === "waiting")) return null;
  const shown = { ...versionOfOp(other.op, row.shown), rev: local(other.id) };
  const next: Row = { ...row, state: other.state, reason: other.reason, shown };
  return { ...nothing(), rows: [next], dropOps: line.map(({ id }) => id) };
}

/** The others as private records of their own: with the share of the record they can't be sent any more. */
function kept(row: Row, ops: readonly Queued[]): Row[] {
  const texts = lines(ops).others.filter(({ op }) => op.action === "put");
  return texts.map((op) =>
    blank(op.id, row.kind, { ...apart(op, row), audience: "me", rev: null, own: true }),
  );
}

/**
 * Gives up a refused edit: back to the version before it, or gone when there was none. Another text stays. What a restore
 * has lost of the version before goes back as `opId`, which is the same on every device.
 */
export function discarded(row: Row, ops: readonly Queued[], opId: string, epochs: Epochs): Change {
  if (ops.at(-1)?.state !== "refused") return nothing();
  const other = otherOnScreen(row, ops);
  if (other) return other;
  const dropOps = ops.map((op) => op.id);
  if (!row.before) return { ...nothing(), dropRows: [row.id], dropOps };
  const back = settled(row, row.before);
  const again = resent(back, [], opId, epochs);
  return { ...again, rows: again.ops.length > 0 ? again.rows : [back], dropOps };
}

/** Sends a refused op again, as a new op. */
export function retried(row: Row, ops: readonly Queued[], opId: string): Change {
  const last = ops.at(-1);
  if (last?.state !== "refused") return nothing();
  const shown = { ...row.shown, rev: local(opId) };
  return {
    ...nothing(),
    rows: [{ ...row, state: "waiting", reason: null, shown }],
    ops: [queued(row.id, last.after, { ...last.op, id: opId })],
    dropOps: [last.id],
  };
}

/** Whether the server may hold anything of this record: also what a restore lost, which another device may bring back. */
function reached(row: Row, ops: readonly Queued[]): boolean {
  const known = (op: Queued): boolean => (op.tries > 0 && op.state === "waiting") || onServer(op.op.base);
  return onServer(row.shown.rev) || onServer(row.before?.rev ?? null) || ops.some(known);
}

function versionOfEdit(edit: Edit, shown: Version | null, opId: string, now: number): Version {
  const { base: _, kind: __, ...said } = edit;
  const own = edit.audience === "me";
  const conflict_of = shown?.conflict_of ?? null;
  return { ...said, rev: null, author: "client", deleted: false, saved_at: now, conflict_of, own, ...(own && { edit: opId }) };
}
