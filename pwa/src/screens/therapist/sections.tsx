// The way to the parts of a client's page, the same on each of them.
import { jt } from "./journal-words.ts";
import { addressOf, isChart, type Part, PARTS } from "./parts.ts";

export function Sections({ base, part }: { base: string; part: Part }) {
  const here = (one: Part): boolean => one === part || (one === "charts" && isChart(part));
  return (
    <nav class="desk-sections" aria-label={jt("shared.parts")}>
      {PARTS.map((one) => (
        <a key={one} href={addressOf(base, one)} aria-current={one === part ? "page" : here(one) ? "true" : undefined}>{jt(`shared.part.${one}`)}</a>
      ))}
    </nav>
  );
}

/** What a therapist comes for, where the part that is shown does not have it itself. */
export function Ways({ base }: { base: string }) {
  return (
    <div class="row desk-ways not-printed">
      <a class="quiet" href={`${base}/brief`}>{jt("shared.way.brief")}</a>
      <a class="quiet" href={`${base}/assign`}>{jt("shared.way.assign")}</a>
    </div>
  );
}
