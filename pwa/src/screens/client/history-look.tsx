// The frame of History's screens: its title, the ways to look back, and the time they show.
import type { ComponentChildren } from "preact";
import { signal } from "@preact/signals";
import { Screen } from "../../app/shell.tsx";
import { lt } from "../../history/words.ts";
import { Tile } from "../../ui/inputs/tile.tsx";

const VIEWS = ["days", "lines", "words", "body", "exercises", "scenes", "find"] as const;
export type View = (typeof VIEWS)[number];

/** One way to look back, with the way to the others. */
export function Look({ view, title, children }: { view: View; title: string; children: ComponentChildren }) {
  return (
    <Screen title={title}>
      <nav class="look-views" aria-label={lt("look.views")}>
        {VIEWS.map((one) => (
          <a key={one} class="chip" href={one === "days" ? "/history" : `/history/${one}`} aria-current={one === view ? "page" : undefined}>
            {lt(`look.view.${one}`)}
          </a>
        ))}
      </nav>
      {children}
    </Screen>
  );
}

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
