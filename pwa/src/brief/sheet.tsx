// The page before a session, as both sides read it. What stands beside a part or an entry (holding it back, marking it as
// discussed) is given from outside.
import type { ComponentChildren } from "preact";
import type { Exercise, Library } from "../exercise/types.ts";
import { EntryView, type Reader } from "../screens/therapist/entry.tsx";
import { labelsOf } from "../screens/therapist/labels.ts";
import { exerciseFor } from "../screens/therapist/library.ts";
import { entriesOf } from "../screens/therapist/shared.ts";
import { fullDay, shortDay } from "../screens/therapist/times.ts";
import { zoneHere } from "../history/days.ts";
import { withNames } from "../pair/shared-words.ts";
import { bodyLines, footLines, howLines, questionLine, saidLines, unvisitedLines } from "./lines.ts";
import { PractisedList } from "./practised.tsx";
import { SceneList } from "./scene-list.tsx";
import { Strip } from "./strip.tsx";
import { type Brief, type PartName, PARTS } from "./types.ts";
import { bt } from "./words.ts";
import "../styles/brief.css";

export interface Beside {
  /** What can be done with a whole part. */
  part?: (part: PartName) => ComponentChildren;
  /** What can be done with one entry. */
  entry?: (id: string) => ComponentChildren;
}
type Props = { brief: Brief; library: Library | null; beside: Beside };

export function Sheet({ brief, library, beside }: Props) {
  const reader: Reader = { labels: labelsOf(withNames(library?.vocabulary ?? null, brief.shared_words ?? {})), library, sets: [], today: brief.until };
  const said = (part: PartName) => content(part, brief, reader, beside);
  return (
    <article class="brief stack loose">
      <p class="muted">{bt("brief.period", { since: fullDay(brief.since, brief.until), until: fullDay(brief.until, brief.until) })} · {bt("brief.lead")}</p>
      {brief.paused ? <p class="notice">{bt("brief.paused")}</p> : PARTS.map((part) => (
        <section key={part} class="brief-part stack tight" aria-labelledby={`brief-${part}`}>
          <h2 id={`brief-${part}`}>{bt(`brief.${part}`)}</h2>
          {brief[part] === null ? <p class="muted">{bt("brief.heldPart")}</p> : said(part)}
          {beside.part?.(part)}
        </section>
      ))}
      <footer class="brief-foot stack tight small" aria-labelledby="brief-foot">
        <h2 id="brief-foot">{bt("brief.foot")}</h2>
        <Lines lines={footLines(brief, (id) => titleOf(id, library))} />
      </footer>
    </article>
  );
}

/** A part by its name; it is there. */
function content(part: PartName, brief: Brief, reader: Reader, beside: Beside): ComponentChildren {
  const { labels } = reader;
  switch (part) {
    case "bring": return brief.bring && <Brought bring={brief.bring} reader={reader} beside={beside} />;
    case "how": return brief.how && <><Strip how={brief.how} /><Lines lines={howLines(brief.how, brief.foot)} /></>;
    case "words": return brief.words && <Lines lines={saidLines(brief.words, labels)} />;
    case "scenes": return brief.scenes && <SceneList scenes={brief.scenes} labels={labels} today={brief.until} beside={beside} />;
    case "body": return brief.body && <Lines lines={bodyLines(brief.body, labels)} />;
    case "practice": return brief.practice && <PractisedList exercises={brief.practice.exercises} titleOf={(id) => titleOf(id, reader.library)} />;
    case "not_visited": return brief.not_visited && <><p class="muted small">{bt("brief.not_visited.lead")}</p><Lines lines={unvisitedLines(brief.not_visited, labels)} /></>;
    case "questions": return brief.questions && <Lines lines={brief.questions.length === 0 ? [bt("brief.questions.none")] : brief.questions.map((one) => questionLine(one, labels))} />;
  }
}

function Brought({ bring: { items, more }, reader, beside }: { bring: NonNullable<Brief["bring"]>; reader: Reader; beside: Beside }) {
  if (items.length === 0) return <p>{bt("brief.bring.none")}</p>;
  return (
    <>
      <ul class="desk-cards">
        {items.flatMap((item) => entriesOf([item], zoneHere())).map((entry) => (
          <li key={entry.id} class="stack tight"><EntryView entry={entry} reader={reader} level={3} under={shortDay(entry.day, reader.today)} />{beside.entry?.(entry.id)}</li>
        ))}
      </ul>
      {more > 0 && <p class="muted small">{bt("brief.bring.more", { n: more })}</p>}
    </>
  );
}

/** Sentences, each a line of its own. */
export function Lines({ lines }: { lines: readonly string[] }) {
  return <>{lines.map((line) => <p key={line}><bdi>{line}</bdi></p>)}</>;
}

function titleOf(id: string, library: Library | null): string {
  return (exerciseFor(id, library, undefined) as Exercise | undefined)?.title ?? id;
}
