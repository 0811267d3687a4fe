import { lt } from "../../history/words.ts";
import { jt } from "./journal-words.ts";
import { addressOf, type Chart, CHARTS } from "./parts.ts";

/** Which chart. */
export function ChartLinks({ base, part }: { base: string; part: Chart }) {
  return (
    <nav class="desk-charts" aria-label={jt("shared.charts")}>
      {CHARTS.map((one) => (
        <a key={one} class="chip" href={addressOf(base, one)} aria-current={one === part ? "page" : undefined}>
          {lt(`look.view.${one === "charts" ? "lines" : one}`)}
        </a>
      ))}
    </nav>
  );
}
