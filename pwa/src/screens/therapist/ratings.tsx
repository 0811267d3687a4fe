// Before and after, each pair as it was said. What was noticed, not proof: people who start on a hard day come down by chance too.
import { byMeasure, compared, dots, type Pair } from "./practice.ts";
import { shortDay } from "./times.ts";
import { named, tt } from "./words.ts";

const SHOWN = 6;

export function Ratings({ pairs, today }: { pairs: readonly Pair[]; today: string }) {
  return (
    <div class="stack tight">
      {byMeasure(pairs).map(([measure, same]) => (
        <div key={measure} class="stack tight">
          <p class="small"><strong>{named("measure", measure)}</strong> {tt("therapist.ratings.n", { n: same.length })}</p>
          <ul class="desk-pairs">
            {same.slice(-SHOWN).map((pair, at) => <li key={at}><PairLine pair={pair} label={shortDay(pair.day, today)} /></li>)}
          </ul>
          {same.length > 1 && <p class="muted small">{tt("therapist.ratings.compared", { ...compared(same), n: same.length })}</p>}
        </div>
      ))}
    </div>
  );
}

/** A ring for before and a dot for after on a row of eleven places, and the same in numbers. */
export function PairLine({ pair, label }: { pair: Pick<Pair, "before" | "after">; label: string }) {
  return (
    <span class="desk-pair">
      {label !== "" && <span class="desk-pair-label small">{label}</span>}
      <span class="desk-dots" aria-hidden="true">{dots(pair)}</span>
      <span class="small">{tt("therapist.ratings.pair", { before: pair.before, after: pair.after })}</span>
    </span>
  );
}
