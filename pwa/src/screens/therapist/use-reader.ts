import { useMemo } from "preact/hooks";
import type { WireRecord } from "../../data/types.ts";
import type { Library } from "../../exercise/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { withShared } from "../../pair/shared-words.ts";
import type { Reader } from "./entry.tsx";
import { labelsOf } from "./labels.ts";
import { setsOf } from "./shared.ts";

/** What is needed to put these records in words; the same one while they are the same, so that nothing is drawn again. */
export function useReader(library: Library | null, records: readonly WireRecord[]): Reader {
  const today = localDay(Date.now(), zoneHere());
  return useMemo(() => ({ labels: labelsOf(withShared(library?.vocabulary ?? null, records)), library, sets: setsOf(records), today }), [library, records, today]);
}
