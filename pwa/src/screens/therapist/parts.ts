// The parts of a client's page, each with an address of its own. Pure.

export const PARTS = ["overview", "entries", "charts", "scenes"] as const;
/** The charts, the first of them under the address of all. */
export const CHARTS = ["charts", "words", "body", "exercises"] as const;

export type Chart = (typeof CHARTS)[number];
export type Part = (typeof PARTS)[number] | Chart;

/** The part that an address names by what stands after the client; null for no part at all. */
export function partIn(page: string | undefined): Part | null {
  if (page === undefined) return "overview";
  const named: readonly Part[] = [...PARTS.slice(1), ...CHARTS];
  return named.find((part) => part === page) ?? null;
}

/** Where a part of the page at `base` is. */
export function addressOf(base: string, part: Part): string {
  return part === "overview" ? base : `${base}/${part}`;
}

export function isChart(part: Part): part is Chart {
  return (CHARTS as readonly Part[]).includes(part);
}
