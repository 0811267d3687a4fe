// The frame of History's screens: its title, and the ways to look back.
import type { ComponentChildren } from "preact";
import { Screen } from "../../app/shell.tsx";
import { lt } from "../../history/words.ts";

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
