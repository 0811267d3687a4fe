import { dates } from "../../app/dates.ts";
import { t } from "../../history/entry-words.ts";
import { recordsOf } from "../../data/by-day.ts";
import { exerciseOf } from "../../data/library.ts";
import { useReading } from "../../data/use-by-day.ts";
import { sceneLines } from "../../exercise/forms.ts";
import { pt } from "../../exercise/words.ts";
import { dayLabel } from "../../history/day-words.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { entriesOf, type Entry } from "../../history/entries.ts";
import { notEnough } from "../../history/formulas/enough.ts";
import { turns } from "../../history/formulas/scenes.ts";
import { turnsOf } from "../../history/tallies.ts";
import { lt } from "../../history/words.ts";
import { ct } from "../../ui/charts/words.ts";
import { Opening } from "./history-charted.tsx";
import { Look } from "./history-look.tsx";
import { WhoSees } from "./history-marks.tsx";

const KINDS = ["scene", "card"] as const;

/** The scenes that were written down, what came more than once in them, and the words that were kept. */
export function Scenes() {
  const entries = useReading<readonly Entry[]>(KINDS, "all", async () => entriesOf(await recordsOf(KINDS)));
  return (
    <Look view="scenes" title={lt("look.view.scenes")}>
      {entries === null ? <Opening /> : (
        <>
          <section class="stack" aria-labelledby="look-scenes">
            <h2 id="look-scenes">{lt("look.scenes.title")}</h2>
            <Kept entries={entries.filter(({ kind }) => kind === "scene")} none={lt("look.scenes.none")} />
          </section>
          <Repeats entries={entries} />
          <section class="stack" aria-labelledby="look-cards">
            <h2 id="look-cards">{lt("look.cards")}</h2>
            <Kept entries={entries.filter(({ kind }) => kind === "card")} none={lt("look.cards.none")} />
          </section>
        </>
      )}
    </Look>
  );
}

export default Scenes;

function Kept({ entries, none }: { entries: readonly Entry[]; none: string }) {
  if (entries.length === 0) return <p class="muted">{none}</p>;
  return <ul class="stack plain-list">{entries.map((entry) => <li key={entry.id}><OneKept entry={entry} /></li>)}</ul>;
}

function OneKept({ entry }: { entry: Entry }) {
  const body = entry.main.body ?? {};
  const today = localDay(Date.now(), zoneHere());
  return (
    <article class="card kept-words">
      <h3>{titleOf(entry)}</h3>
      {entry.kind === "scene" ? (
        <dl class="answers">{sceneLines(body).map(({ label, text }) => <div key={label}><dt>{label}</dt><dd>{text}</dd></div>)}</dl>
      ) : <p class="as-written">{textOf(body["text"])}</p>}
      <p class="entry-marks"><span>{dayLabel(entry.day, today, dates, t)}</span><WhoSees entry={entry} /></p>
      <p><a class="quiet" href={`/history/${entry.id}`}>{lt(entry.kind === "scene" ? "look.scenes.open" : "look.cards.open")}
        <span class="visually-hidden">: {titleOf(entry)}</span></a></p>
    </article>
  );
}

function titleOf({ kind, main: { body } }: Entry): string {
  if (kind === "scene") return textOf(body?.["title"]) || pt("player.scene");
  return exerciseOf(textOf(body?.["from"]))?.title ?? t("history.card");
}

/** What was wished for, expected and done, where it came more than once. Nothing is said below three scenes with all three. */
function Repeats({ entries }: { entries: readonly Entry[] }) {
  const all = turnsOf(entries);
  const found = turns(all);
  if (notEnough(found)) return null;
  const n = all.length;
  return (
    <section class="card stack tight" aria-labelledby="look-turns">
      <h2 id="look-turns">{lt("look.turns")}</h2>
      <p class="hint">{lt("look.turns.what")} {lt("look.turns.from", { n })}</p>
      {notEnough(found.repeats) ? <p class="muted">{lt("look.turns.short", found.repeats)}</p>
        : found.repeats.length === 0 ? <p>{lt("look.turns.none", { n })}</p> : (
          <ul class="plain-list">{found.repeats.map((one) => (
            <li key={JSON.stringify(one)}>{lt("look.turns.turn", one)}: {ct("charts.times", { n: one.n })}</li>
          ))}</ul>
        )}
    </section>
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
