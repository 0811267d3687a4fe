// What a record said before: both texts after a conflict, and the history that the server keeps for its author.
import { call, Problem } from "./api.ts";
import { getRow } from "./door.ts";
import { get, list } from "./journal.ts";
import type { Audience, Body, LocalRecord } from "./types.ts";
import { onServer, type Version } from "./versions.ts";

/** A text that was replaced. */
export interface Earlier {
  rev: string;
  schema: number;
  audience: Audience;
  saved_at: number;
  felt_at: number | null;
  zone: string | null;
  day: string | null;
  body: Body;
}
export interface History {
  /** The newest first. */
  versions: Earlier[];
  /** Whether the server was asked and said all of it; otherwise these are what this phone itself holds. */
  complete: boolean;
}
interface Page {
  versions: Earlier[];
  older?: string | null;
}

const MOST_PAGES = 50;

/** The text was written on this phone for the person alone: what it said before was kept nowhere. */
export function staysHere({ state, rev }: LocalRecord): boolean {
  return state === "only-here" && !onServer(rev);
}

/** The texts `record` had before the one on screen. Without the network, those this phone holds. */
export async function earlierVersions(id: string): Promise<History> {
  const row = await getRow(id);
  if (!row) return { versions: [], complete: true };
  const here = row.before && !row.before.deleted && row.before.body ? [fromPhone(row.before, row.before.body)] : [];
  const there = await fromServer(id).catch((error: unknown) => (error instanceof Problem && error.status === 404 ? [] : null));
  const known = new Map([...(there ?? []), ...here].map((version) => [version.rev, version]));
  known.delete(row.shown.rev ?? "");
  const versions = [...known.values()].sort((one, other) => other.saved_at - one.saved_at);
  return { versions, complete: there !== null };
}

async function fromServer(id: string): Promise<Earlier[]> {
  const found: Earlier[] = [];
  let before = "";
  for (let i = 0; i < MOST_PAGES; i += 1) {
    const page = await call<Page>("GET", `/api/records/${id}/versions${before}`);
    found.push(...page.versions.filter(({ rev, body }) => typeof rev === "string" && typeof body === "object" && body !== null));
    if (typeof page.older !== "string") break;
    before = `?before=${encodeURIComponent(page.older)}`;
  }
  return found;
}

function fromPhone({ rev, schema, audience, saved_at, felt_at, zone, day }: Version, body: Body): Earlier {
  return { rev: rev ?? "", schema, audience, saved_at, felt_at, zone, day, body };
}

/** The copies that were made when two devices, or two tabs, changed `record` at the same time; newest first. */
export async function conflictsOf({ id, kind }: Pick<LocalRecord, "id" | "kind">): Promise<LocalRecord[]> {
  return (await list({ kinds: [kind] })).filter((record) => record.conflict_of === id);
}

/** The record of which `record` is a copy, or undefined when it is none or the other one is gone. */
export async function originalOf({ conflict_of }: Pick<LocalRecord, "conflict_of">): Promise<LocalRecord | undefined> {
  return conflict_of === null ? undefined : get(conflict_of);
}
