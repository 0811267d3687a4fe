// What a client is kept from, in the records a therapist reads. Pure.
import type { WireRecord } from "../../data/types.ts";

/** What may speak against an exercise for one person for longer than a day. */
export const CODES = ["BREATH", "BODY", "DISS", "TRAUMA", "PSYCH", "CRISIS", "GRIEF", "SHAME", "TINNITUS", "PARTNER-VIOLENCE"] as const;

export interface Limit {
  blocks: readonly string[];
  openOnly: boolean;
}

/** What is set; nothing where nothing was. */
export function limitIn(records: readonly WireRecord[]): Limit {
  const body = limitRecord(records)?.body ?? {};
  const blocks = Array.isArray(body["blocks"]) ? body["blocks"].filter((code) => typeof code === "string") : [];
  return { blocks, openOnly: body["open_only"] === true };
}

/** The record that says it, if there is one. */
export function limitRecord(records: readonly WireRecord[]): WireRecord | undefined {
  return records.find(({ kind, author, deleted }) => kind === "client-setting" && author === "therapist" && deleted !== true);
}

/** Which of these speak against an exercise for this client. */
export function against(contraindications: readonly string[], { blocks }: Limit): string[] {
  return contraindications.filter((code) => blocks.includes(code));
}
