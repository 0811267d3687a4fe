// What a client agreed to share, by field, and whether sharing is paused. Pure.
import { derivedId } from "../data/ids.ts";
import type { LocalRecord } from "../data/types.ts";

/** What is agreed once: parts of a check-in, and the answers given in exercises. */
export const AGREED = ["affect", "distress", "words", "body", "contexts", "runs"] as const;
export type Agreed = (typeof AGREED)[number];

export interface Agreement {
  fields: Readonly<Record<Agreed, boolean>>;
  /** While it is paused, the therapist's pages show nothing of the client's. */
  paused: boolean;
}

/** What holds until something else is agreed. */
export const USUAL: Agreement = {
  fields: { affect: true, distress: true, words: true, body: true, contexts: true, runs: true },
  paused: false,
};

export const KIND = "preference";
export const NAME = "sharing";
/** Of the ids that phone and server both work out; `server/store/sharing.py` has the same. */
export const NAMESPACE = "4f6d4a1e-6f0f-5d6b-9c53-6a1f0f2b7c11";
type Kept = Pick<LocalRecord, "kind" | "body">;

/** What the records say; what none of them says is as usual. */
export function agreementIn(records: readonly Kept[]): Agreement {
  const said = agreementRecord(records)?.body ?? {};
  const fields = (said["fields"] ?? {}) as Partial<Record<Agreed, unknown>>;
  const agreed = AGREED.map((field) => [field, typeof fields[field] === "boolean" ? fields[field] : USUAL.fields[field]] as const);
  return { fields: Object.fromEntries(agreed) as Record<Agreed, boolean>, paused: said["paused"] === true };
}

/** The record that holds the agreement, if there is one yet. */
export function agreementRecord<R extends Kept>(records: readonly R[]): R | undefined {
  return records.find(({ kind, body }) => kind === KIND && body?.["name"] === NAME);
}

/** The id of a client's agreement. */
export function idOf(client: string): Promise<string> {
  return derivedId(NAMESPACE, `sharing ${client}`);
}
