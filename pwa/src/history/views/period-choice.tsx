import { signal } from "@preact/signals";
import { Tile } from "../../ui/inputs/tile.tsx";
import { lt } from "../words.ts";

export const LENGTHS = [30, 90, 365] as const;
/** How many days the charts show; it stays from one way to look back to the next. */
export const shownLength = signal<number>(LENGTHS[0]);

/** Which time the charts show. */
export function PeriodChoice() {
  return (
    <fieldset class="tiles">
      <legend class="visually-hidden">{lt("look.period")}</legend>
      {LENGTHS.map((one) => (
        <Tile key={one} type="radio" look="chip" name="look-period" label={one === 365 ? lt("look.year") : lt("look.days_n", { n: one })}
          checked={one === shownLength.value} onPick={() => { shownLength.value = one; }} />
      ))}
    </fieldset>
  );
}
