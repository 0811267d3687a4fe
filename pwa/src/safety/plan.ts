// A safety plan: six parts in a fixed order, in the person's own words. Pure.

/** Someone to ask for help, or a service; each may be half filled in. */
export interface Reachable {
  name: string;
  number: string;
}

export interface SafetyPlan {
  signs: string;
  myself: string;
  places: string;
  people: readonly Reachable[];
  services: readonly Reachable[];
  around: string;
}

export type Part = keyof SafetyPlan;
export const PARTS = ["signs", "myself", "places", "people", "services", "around"] as const satisfies readonly Part[];
export const KIND = "safety-plan";
export const MOST_PEOPLE = 20;

export const EMPTY: SafetyPlan = { signs: "", myself: "", places: "", people: [], services: [], around: "" };

/** A plan out of a record's body, whatever a newer or an older app put there. */
export function planOf(body: Readonly<Record<string, unknown>> | null): SafetyPlan {
  const text = (part: Part): string => (typeof body?.[part] === "string" ? body[part] : "");
  const list = (part: Part): Reachable[] => (Array.isArray(body?.[part]) ? body[part].flatMap(reachable) : []);
  return {
    signs: text("signs"), myself: text("myself"), places: text("places"), people: list("people"), services: list("services"),
    around: text("around"),
  };
}

function reachable(one: unknown): Reachable[] {
  const { name, number } = (one ?? {}) as { name?: unknown; number?: unknown };
  const said = (value: unknown): string => (typeof value === "string" ? value : "");
  return said(name) === "" && said(number) === "" ? [] : [{ name: said(name), number: said(number) }];
}

/** As it is saved: without rows that say nothing, and without space around what does. */
export function cleaned(plan: SafetyPlan): SafetyPlan {
  const rows = (list: readonly Reachable[]): Reachable[] =>
    list.map(({ name, number }) => ({ name: name.trim(), number: number.trim() })).filter(({ name, number }) => name !== "" || number !== "");
  return {
    signs: plan.signs.trim(), myself: plan.myself.trim(), places: plan.places.trim(), people: rows(plan.people),
    services: rows(plan.services), around: plan.around.trim(),
  };
}

/** Whether nothing is in it. */
export function isBlank(plan: SafetyPlan): boolean {
  return Object.values(cleaned(plan)).every((part: string | readonly Reachable[]) => part.length === 0);
}

/** The parts that say something, in their order. */
export function filledParts(plan: SafetyPlan): Part[] {
  return PARTS.filter((part) => plan[part].length > 0);
}
