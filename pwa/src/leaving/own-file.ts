// A copy that Midweek made, read back.
import { type Brought, recordOf } from "./checks.ts";
import { faultIn } from "./json-fault.ts";
import { Unusable } from "./unusable.ts";
import { lt } from "./words.ts";

const FORMAT = "midweek-export";
const VERSION = 1;

/** The records of a copy, whoever wrote them. Throws Unusable. */
export function recordsIn(text: string, name: string): Brought[] {
  const said = parsed(text, name);
  if (typeof said !== "object" || said === null || (said as { format?: unknown }).format !== FORMAT) throw new Unusable(lt("leaving.read.other_json", { name }));
  const { version, records } = said as { version?: unknown; records?: unknown };
  if (!Number.isInteger(version) || !Array.isArray(records)) throw new Unusable(lt("leaving.read.no_records", { name }));
  if ((version as number) > VERSION) throw new Unusable(lt("leaving.read.newer", { name, version: String(version), known: String(VERSION) }));
  return checked(records, name);
}

/** Each record once: the first of an id. */
function checked(records: readonly unknown[], name: string): Brought[] {
  const found = new Map<string, Brought>();
  for (const [at, value] of records.entries()) {
    if (isEmpty(value)) continue;
    const record = recordOf(value);
    if ("field" in record) throw new Unusable(lt("leaving.read.bad_record", { name, record: at + 1, field: record.field }));
    if (!found.has(record.id)) found.set(record.id, record);
  }
  return [...found.values()];
}

/** What the phone itself had no text of. */
function isEmpty(value: unknown): boolean {
  const { body, deleted } = (value ?? {}) as { body?: unknown; deleted?: unknown };
  return deleted === true || body === null;
}

function parsed(text: string, name: string): unknown {
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    return JSON.parse(bare);
  } catch {
    throw new Unusable(lt("leaving.read.broken_json", { name, ...faultIn(bare) }));
  }
}
