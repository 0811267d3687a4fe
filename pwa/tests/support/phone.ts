// A phone without a browser: the pure rules over plain maps, doing what receive.ts does over the database.
import { batch } from "../../src/data/batch.ts";
import { discarded, edited, removed, retried, withdrawn } from "../../src/data/edits.ts";
import { derivedId, newId } from "../../src/data/ids.ts";
import { answered, notDelivered, pulled, resent, sweep } from "../../src/data/merge.ts";
import type { Epochs, Op, SyncAnswer } from "../../src/data/types.ts";
import { type Change, type Edit, named, nothing, type Queued, type Row } from "../../src/data/versions.ts";

const plain: Edit = { kind: "note", schema: 1, audience: "therapist", felt_at: null, zone: null, day: null, body: {}, base: null };

export class Phone {
  rows = new Map<string, Row>();
  ops: Queued[] = [];
  cursor: string | null = null;
  epochs: Epochs = [];
  pull = 0;
  whole = false;
  kept = 0;
  #seq = 0;

  /** Saves a text on this phone, begun from what is on screen; `more` is what else the edit says, `op` the id of its op if
   *  it isn't just any. */
  save(id: string, text: string, more: Partial<Edit> = {}, op: string = newId()): void {
    const row = this.rows.get(id) ?? null;
    const edit: Edit = { ...plain, base: row && named(row.shown), body: { text }, ...more };
    this.apply(edited(id, row, this.opsOf(id), edit, op, 0));
  }

  remove(id: string): void {
    const row = this.rows.get(id);
    if (row) this.apply(removed(row, this.opsOf(id), newId()));
  }

  withdraw(id: string): void {
    const row = this.rows.get(id);
    if (row) this.apply(withdrawn(row, this.opsOf(id), newId()));
  }

  async discard(id: string): Promise<void> {
    const row = this.rows.get(id);
    if (row) this.apply(discarded(row, this.opsOf(id), await derivedId(id, row.before?.rev ?? ""), this.epochs));
  }

  retry(id: string): void {
    const row = this.rows.get(id);
    if (row) this.apply(retried(row, this.opsOf(id), newId()));
  }

  /** Hands the next ops to the network: from now on their content is fixed. */
  leave(most?: number): Op[] {
    const leaving = batch(this.ops, 0, most);
    for (const op of leaving) op.tries += 1;
    return leaving.map(({ op }) => structuredClone(op));
  }

  async receive(sent: readonly Op[], answer: SyncAnswer): Promise<void> {
    const { epochs } = answer;
    this.epochs = epochs;
    this.pull += answer.reset ? 1 : 0;
    this.whole ||= answer.reset !== null;
    for (const [i, result] of answer.results.entries()) {
      const op = sent[i];
      if (!op || result.op !== op.id) continue;
      const queued = this.ops.find(({ id }) => id === op.id);
      if (!queued) continue;
      const copy = result.copy ?? (await derivedId(op.record, op.id));
      this.apply(answered(this.rows.get(queued.record) ?? null, this.opsOf(queued.record), queued, result, { id: copy, row: this.rows.get(copy) ?? null }, { epochs, pull: this.pull }));
    }
    if (answer.reset === "epoch") await this.#sendAgain(epochs);
    for (const record of answer.records) this.apply(pulled(this.rows.get(record.id) ?? null, this.opsOf(record.id), record, { epochs, pull: this.pull }));
    this.cursor = answer.cursor;
    if (!answer.more) this.#finish();
  }

  async #sendAgain(epochs: Epochs): Promise<void> {
    for (const row of [...this.rows.values()]) {
      this.apply(resent(row, this.opsOf(row.id), await derivedId(row.id, row.shown.rev ?? ""), epochs));
    }
  }

  #finish(): void {
    for (const row of [...this.rows.values()]) if (row.expected) this.apply(notDelivered(row, this.opsOf(row.id)));
    if (!this.whole) return;
    const swept = sweep([...this.rows.values()], new Set(this.ops.map((op) => op.record)), this.pull);
    this.kept = swept.kept;
    this.apply({ ...nothing(), dropRows: swept.drop });
    this.whole = false;
  }

  opsOf(id: string): Queued[] {
    return this.ops.filter((op) => op.record === id);
  }

  apply(change: Change): void {
    this.ops = this.ops.filter((op) => !change.dropOps.includes(op.id));
    for (const id of change.dropRows) this.rows.delete(id);
    for (const row of change.rows) this.rows.set(row.id, structuredClone(row));
    for (const op of change.ops) this.#put(structuredClone(op));
  }

  #put(op: Queued): void {
    const at = this.ops.findIndex(({ id }) => id === op.id);
    if (at >= 0) this.ops[at] = { ...op, seq: this.ops[at]?.seq ?? null };
    else {
      this.#seq += 1;
      this.ops.push({ ...op, seq: this.#seq });
    }
  }

  row(id: string): Row {
    const row = this.rows.get(id);
    if (!row) throw new Error(`There is no record ${id}.`);
    return row;
  }

  /** Every text on this phone that is not deleted. */
  texts(keep: (row: Row) => boolean = () => true): string[] {
    return [...this.rows.values()]
      .filter(keep)
      .flatMap(({ shown }) => (shown.deleted || !shown.body ? [] : [String(shown.body["text"])]))
      .sort();
  }
}
