import { useState } from "preact/hooks";
import type { Reading } from "../../data/readings.ts";
import { st } from "../../sharing/words.ts";
import { useReadings } from "../../sharing/use-readings.ts";
import { whenWords } from "../../app/keeping-words.ts";

const FEW = 5;
const MORE = 20;

/** Who opened the page of what is shared, and when. */
export function SharingReadings() {
  const { log, fresh } = useReadings();
  const [shown, setShown] = useState(FEW);
  const all = log?.readings ?? [];
  const left = all.length - shown;
  return (
    <section class="stack tight" aria-labelledby="sharing-read">
      <h2 id="sharing-read">{st("sharing.read.title")}</h2>
      <p class="muted">{st("sharing.read.lead")}</p>
      {fresh && all.length === 0 && <p>{st("sharing.read.none")}</p>}
      {all.length > 0 && <ul class="plain-list">{all.slice(0, shown).map((one) => <li key={`${one.by} ${one.at} ${one.what}`}>{lookWords(one)}</li>)}</ul>}
      {left > 0 && (
        <button type="button" class="quiet" onClick={() => setShown(shown + MORE)}>{st("sharing.read.more", { n: Math.min(left, MORE) })}</button>
      )}
      {!fresh && <p class="hint">{st("sharing.read.kept")}</p>}
    </section>
  );
}

function lookWords({ by, at, through, what }: Reading): string {
  if (what === "reminders") return st("sharing.read.reminders", { who: by, when: whenWords(at) });
  if (what === "supervision") return st("sharing.read.supervision", { who: by, when: whenWords(at) });
  return st(through === null ? "sharing.read.paused" : "sharing.read.one", { who: by, when: whenWords(at) });
}
