// Says at each build when the public emergency numbers should be gone through again. A warning: an old list still helps.
import type { Plugin } from "vite";
import { checkedOn } from "../src/app/emergency.ts";
import { checkAge } from "../src/screens/therapist/checked.ts";

/** The warning, or null while the check is young enough. */
export function oldNumbers(checked: string, today: string): string | null {
  if (checkAge(checked, today) !== "overdue") return null;
  return `The public emergency numbers were last checked on ${checked}, more than 90 days ago. Go through src/app/emergency.ts, then set its day.`;
}

export function numbersChecked(): Plugin {
  return {
    name: "midweek-numbers",
    apply: "build",
    buildStart() {
      const warning = oldNumbers(checkedOn, new Date().toISOString().slice(0, 10));
      if (warning !== null) this.warn(warning);
    },
  };
}
