// One shared entry, in the client's own words and choices; nothing is read into it.
import type { ComponentChildren } from "preact";
import type { CheckIn, Note, NotToday, Run, Scene } from "../../data/types.ts";
import type { Exercise, Library } from "../../exercise/types.ts";
import { sceneLines } from "../../exercise/forms.ts";
import { entryTitle, nt, reasonWords } from "../../practise/not-today-words.ts";
import { questionOf, saidIn } from "./answers.ts";
import { affectInWords, type Labels } from "./labels.ts";
import { exerciseFor } from "./exercise-for.ts";
import { pairsOf, singleRatings } from "./practice.ts";
import { PairLine } from "./ratings.tsx";
import type { Entry, Set } from "./shared.ts";
import { minutesBetween, timeOfDay } from "./times.ts";
import { named, own, readable, tt } from "./words.ts";

/** What is needed to put entries in words. */
export interface Reader {
  labels: Labels;
  library: Library | null;
  sets: readonly Set[];
  today: string;
}
type Props = { entry: Entry; reader: Reader; under?: string; level?: 3 | 4 };

export function EntryView({ entry, reader, under, level = 4 }: Props) {
  const Title = `h${level}` as const;
  const [Inside, title] = shape(entry, reader);
  const beside = [under, timeOfDay(entry.at, entry.zone), ...aside(entry, under !== undefined)].filter(Boolean).join(" · ");
  return (
    <article class="desk-entry">
      <div class="desk-entry-top">
        <Title><bdi>{title}</bdi></Title>
        <p class="muted small">{beside}</p>
      </div>
      <Inside entry={entry} reader={reader} />
    </article>
  );
}

/** How a kind is shown, and its title. A kind that is not known here is named and nothing more. */
function shape(entry: Entry, reader: Reader): [(props: Props) => ComponentChildren, string] {
  if (entry.kind === "checkin") return [CheckInView, tt("therapist.entry.checkIn")];
  if (entry.kind === "run") return [RunView, runTitle(entry.body as unknown as Run, reader)];
  if (entry.kind === "not-today") return [NotTodayView, entryTitle(entry.body["title"])];
  if (entry.kind === "scene") return [SceneView, sceneTitle(entry.body as Scene)];
  if (typeof entry.body["text"] !== "string") return [NewerView, readable(entry.kind)];
  const name = entry.body["name"];
  if (entry.kind === "message") return [TextView, tt("therapist.entry.message")];
  return [TextView, entry.kind === "note" ? tt("therapist.entry.note") : typeof name === "string" && name !== "" ? name : tt("therapist.entry.card")];
}

/** What has to be known beside the answers. */
function aside({ kind, body, copy }: Entry, brought: boolean): string[] {
  const said: string[] = [];
  if (body["when"] === "earlier" || body["when"] === "yesterday") said.push(tt(`therapist.entry.${body["when"]}`));
  if (kind === "checkin" && body["source"] === "reminder") said.push(tt("therapist.entry.reminder"));
  if (body["bring"] === true && !brought) said.push(tt("therapist.entry.bring"));
  if (copy) said.push(tt("therapist.entry.copy"));
  return said;
}

function TextView({ entry }: Props) {
  return <p dir="auto" class="desk-text">{(entry.body as unknown as Note).text}</p>;
}

function NotTodayView({ entry }: Props) {
  const { reasons = [], text = "" } = entry.body as unknown as NotToday;
  if (reasons.length === 0 && text === "") return <p class="muted">{tt("therapist.entry.noReason")}</p>;
  return (
    <dl class="desk-said">
      <Line term={nt("notToday.field.why")}>{reasons.map(reasonWords).join(" · ")}</Line>
      <Line term={nt("notToday.field.ownWords")}>{text && <span dir="auto" class="desk-text">{text}</span>}</Line>
    </dl>
  );
}

function SceneView({ entry }: Props) {
  return (
    <dl class="desk-said">
      {sceneLines(entry.body).map(({ label, text }) => <Line key={label} term={label}><span dir="auto">{text}</span></Line>)}
    </dl>
  );
}

function sceneTitle({ title = "" }: Scene): string {
  return title === "" ? tt("therapist.entry.scene") : tt("therapist.entry.sceneCalled", { title: own(title) });
}

function NewerView() {
  return <p class="muted">{tt("therapist.entry.newer")}</p>;
}

function CheckInView({ entry, reader: { labels } }: Props) {
  const body = entry.body as CheckIn;
  const words = (body.words ?? []).map(({ id, strength }) =>
    strength === undefined ? labels.word(id) : tt("therapist.entry.strength", { word: labels.word(id), n: strength }));
  const where = [...(body.regions ?? []).map(labels.region), ...(body.sensations ?? []).map(labels.sensation)];
  return (
    <dl class="desk-said flow">
      <Line term={tt("therapist.entry.words")}>{words.length > 0 && <strong>{words.join(", ")}</strong>}</Line>
      <Line term={tt("therapist.entry.ownWords")}>{body.own_words?.length && <strong dir="auto">{body.own_words.join(", ")}</strong>}</Line>
      <Line term={tt("therapist.entry.distress")}>{body.distress !== undefined && tt("therapist.entry.ofTen", { n: body.distress })}</Line>
      <Line term={tt("therapist.entry.affect")}>{body.affect && affectInWords(body.affect)}</Line>
      <Line term={tt("therapist.entry.body")}>{where.join(", ")}</Line>
      <Line term={tt("therapist.entry.around")}>{(body.contexts ?? []).map(labels.context).join(", ")}</Line>
      <Line term={tt("therapist.entry.wish")}>{body.wish && labels.wish(body.wish)}</Line>
      <Line term={tt("therapist.entry.note")}>{body.note && <span dir="auto" class="desk-text">{body.note}</span>}</Line>
    </dl>
  );
}

function RunView({ entry, reader }: Props) {
  const run = entry as unknown as Entry<Run>;
  const exercise = exerciseOf(run.body, reader);
  const measures = exercise?.measures ?? [];
  const ratings = singleRatings(run, measures);
  const said = saidIn(run.body, exercise, reader.labels);
  return (
    <>
      <p class="small">{course(run.body).join(" · ")}</p>
      {pairsOf(run, measures).map((pair) => <PairLine key={pair.measure} pair={pair} label={named("measure", pair.measure)} />)}
      {ratings.length + said.length > 0 && (
        <dl class="desk-said">
          {ratings.map(([key, value]) => (
            <Line key={key} term={questionOf(exercise?.steps.find((step) => (step.key ?? step.id) === key), key)}>{String(value)}</Line>
          ))}
          {said.map(({ key, question, answer }) => <Line key={key} term={question}><span dir="auto">{answer}</span></Line>)}
        </dl>
      )}
    </>
  );
}

function exerciseOf(body: Run, { library, sets }: Reader): Exercise | undefined {
  return exerciseFor(body.exercise, library, sets.find(({ id }) => id === body.assignment)?.body.snapshot);
}

function runTitle(body: Run, reader: Reader): string {
  const set = reader.sets.find(({ id }) => id === body.assignment);
  return body.title || exerciseOf(body, reader)?.title || set?.body.title || readable(body.exercise);
}

/** How it went, plainly: finished, stopped, left; how long; which version. */
function course(body: Run): string[] {
  const minutes = minutesBetween(body.started_at, body.ended_at);
  return [
    tt(`therapist.run.${body.ended}`),
    ...(minutes === null ? [] : [tt("therapist.run.minutes", { n: minutes })]),
    tt("therapist.run.version", { version: String(body.version) }),
    ...(body.tailored?.length ? [tt("therapist.run.tailored")] : []),
    ...(body.locked_until && body.locked_until > Date.now() ? [tt("therapist.run.locked")] : []),
  ];
}

function Line({ term, children }: { term: string; children: ComponentChildren }) {
  if (children === undefined || children === null || children === false || children === "" || children === 0) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
