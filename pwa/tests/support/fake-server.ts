// The rules of the server's journal in a few lines, for trying the phone's side against: one client, no storage.
import type { Epochs, Op, PutOp, Result, SyncAnswer, WireRecord } from "../../src/data/types.ts";
import { derivedId } from "../../src/data/ids.ts";

export interface SyncRequest {
  cursor: string | null;
  limit: number;
  ops: Op[];
}
interface Kept {
  said: string;
  result: Result;
}
interface State {
  records: Map<string, WireRecord>;
  ops: Map<string, Kept>;
  /** Of what was taken back by who had not seen the text there, the revision of that. */
  unseen: Map<string, string>;
  seq: number;
}

const latestWins = new Set(["plan", "preference", "safety-plan"]);

export class FakeServer {
  epochs: [string, number][] = [["e1", 0]];
  state: State = { records: new Map(), ops: new Map(), unseen: new Map(), seq: 0 };
  /** Cursors below this get a reset by age. */
  floor = 0;
  /** What its clock says. */
  now = 0;
  /** Refuses ops for which this gives a reason. */
  refuses: (op: Op) => string | null = () => null;

  get epoch(): string {
    return this.epochs.at(-1)?.[0] ?? "";
  }

  async exchange({ cursor, limit, ops }: SyncRequest): Promise<SyncAnswer> {
    const first = this.state.seq + 1;
    const results: Result[] = [];
    for (const op of ops) results.push(await this.#take(op));
    const [epoch, at] = cursor?.split(".") ?? [this.epoch, "0"];
    const reset = epoch !== this.epoch ? "epoch" : cursor !== null && Number(at) < this.floor ? "age" : null;
    const after = reset ? 0 : Number(at);
    const told = (record: WireRecord): boolean => !reset && seqOf(record.rev) >= first && !record.conflict_of;
    const rest = [...this.state.records.values()]
      .filter((record) => seqOf(record.rev) > after && !told(record))
      .sort((one, other) => seqOf(one.rev) - seqOf(other.rev));
    const page = rest.slice(0, limit);
    const more = rest.length > limit;
    const end = more ? seqOf(page.at(-1)?.rev ?? "") : this.state.seq;
    return { epochs: this.epochs as Epochs, reset, results, records: structuredClone(page), cursor: `${this.epoch}.${end}`, more, now: this.now };
  }

  /** A copy of everything, to restore later. */
  backup(): State {
    return structuredClone(this.state);
  }

  restore(state: State): void {
    this.state = structuredClone(state);
    this.epochs = [...this.epochs, [`e${this.epochs.length + 1}`, state.seq]];
  }

  /** A therapist's write. */
  put(record: Omit<WireRecord, "rev" | "author" | "saved_at" | "schema" | "audience">): void {
    this.state.records.set(record.id, { schema: 1, audience: "therapist", ...record, author: "therapist", saved_at: 0, rev: this.#next() });
  }

  #next(): string {
    this.state.seq += 1;
    return `${this.epoch}.${this.state.seq}`;
  }

  async #take(op: Op): Promise<Result> {
    const said = JSON.stringify(op);
    const known = this.state.ops.get(op.id);
    const rev = this.#next();
    if (known) return known.said === said ? known.result : { op: op.id, status: "refused", reason: "other content" };
    const reason = this.refuses(op);
    if (reason !== null) return { op: op.id, status: "refused", reason };
    const result = await this.#decide(op, rev);
    this.state.ops.set(op.id, { said, result });
    return result;
  }

  async #decide(op: Op, rev: string): Promise<Result> {
    const now = this.state.records.get(op.record);
    const applied = (): Result => {
      this.state.records.set(op.record, written(op, rev, now));
      return { op: op.id, status: "applied", rev };
    };
    if (!now) return applied();
    const fits = op.base === now.rev || (op.base !== null && this.#onlyLost(op.base, now.rev));
    const unseen = this.#unseen(op.record);
    const stale: Result = { op: op.id, status: "stale", rev: now.rev };
    const same: Result = { op: op.id, status: "applied", rev: now.rev };
    if (op.action === "withdraw" && now.deleted) return stale;
    if (op.action === "withdraw") {
      if (unseen || (now.audience !== "me" && !fits)) this.state.unseen.set(op.record, rev);
      return applied();
    }
    if (op.action === "delete") return now.deleted ? same : fits ? applied() : stale;
    if (now.deleted && latestWins.has(op.kind)) return stale;
    if (!now.deleted && sameContent(op, now)) return same;
    if (!now.deleted && ((fits && !unseen) || latestWins.has(op.kind))) return applied();
    const copy = await derivedId(op.record, op.id);
    if ((now.audience !== "me" || unseen) && !this.state.records.has(copy)) this.state.records.set(copy, { ...written({ ...op, record: copy }, rev, undefined), conflict_of: op.record });
    return { op: op.id, status: "conflict", rev: now.rev, copy };
  }

  /** Whether it was taken back by who had not seen the text that was there. */
  #unseen(record: string): boolean {
    return this.state.unseen.get(record) === this.state.records.get(record)?.rev;
  }

  /** Whether a restore lost `base`, and `now` is from before that restore: then nobody has written in between. */
  #onlyLost(base: string, now: string): boolean {
    const index = (rev: string): number => this.epochs.findIndex(([epoch]) => rev.startsWith(`${epoch}.`));
    const lostBy = this.epochs.findIndex(([, fork], i) => i > index(base) && seqOf(base) > fork);
    return index(base) >= 0 && lostBy >= 0 && index(now) < lostBy;
  }
}

function written(op: Op, rev: string, now: WireRecord | undefined): WireRecord {
  const bare = { id: op.record, kind: op.kind, schema: 1, author: "client" as const, rev, saved_at: 0 };
  if (op.action === "delete") return { ...bare, audience: now?.audience ?? "therapist", deleted: true };
  if (op.action === "withdraw") return { ...bare, audience: "me" };
  const { audience, body, felt_at, zone, day } = op;
  const conflict_of = (now ? now.conflict_of : op.conflict_of) ?? null;
  return { ...bare, audience, body, felt_at: felt_at ?? null, zone: zone ?? null, day: day ?? null, conflict_of };
}

function sameContent(op: PutOp, now: WireRecord): boolean {
  return JSON.stringify([op.audience, op.body, op.felt_at ?? null, op.day ?? null]) === JSON.stringify([now.audience, now.body, now.felt_at ?? null, now.day ?? null]);
}

function seqOf(rev: string): number {
  return Number(rev.split(".")[1]);
}
