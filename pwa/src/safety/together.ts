// The part of the plan that was written together in a session: the therapist's record, read by both. Pure.
import type { LocalRecord, WireRecord } from "../data/types.ts";

export const KIND = "safety-part";
/** That the client took it out of their plan: one record of theirs. Its name, of which its id is made, is no other record's. */
export const OUT = { kind: "preference", name: "safety-part-out" } as const;
export const MOST = 2_000;

type Kept = Pick<LocalRecord | WireRecord, "id" | "kind" | "author" | "body" | "felt_at" | "saved_at"> & { deleted?: boolean; rev?: string | null };

export interface Together {
  rev: string | null;
  /** Empty once it was taken back. */
  around: string;
  by: string;
  at: number;
}

/** What was written together, if it ever was. */
export function togetherIn(records: readonly Kept[]): Together | null {
  const record = records.find(({ kind, author, deleted }) => kind === KIND && author === "therapist" && deleted !== true);
  if (!record?.body) return null;
  const { around, by } = record.body;
  return { rev: record.rev ?? null, around: text(around), by: text(by), at: record.felt_at ?? record.saved_at };
}

/** Whether the client took out just this text: what is written together later is in the plan again. */
export function isOut({ rev }: Together, records: readonly Pick<Kept, "kind" | "body">[]): boolean {
  const out = records.find(({ kind, body }) => kind === OUT.kind && body?.["name"] === OUT.name);
  return rev !== null && out?.body?.["out"] === rev;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
