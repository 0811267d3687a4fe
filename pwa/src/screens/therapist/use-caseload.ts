import { useReading } from "./action.tsx";
import { readClients } from "./state.ts";

/** Reads the caseload on arrival; what was read before stays on screen meanwhile. */
export function useCaseload(key = "caseload") {
  return useReading(key, readClients);
}
