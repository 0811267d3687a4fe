// What clients of colleagues let the viewer look at: a list, and for each a table of numbers and picks.
import { useState } from "preact/hooks";
import { Problem } from "../../data/api.ts";
import { at, dayOf } from "./accompanying-words.ts";
import { Trouble, useReading } from "./action.tsx";
import { api } from "./api.ts";
import { Desk } from "./desk.tsx";
import { entryTitle, reasonWords } from "../../practise/not-today-words.ts";
import { type Labels, labelsOf } from "./labels.ts";
import { useLibrary } from "./library.ts";
import { own, readable } from "./words.ts";

interface Listed {
  id: string;
  by: string;
  until: number;
}
interface Seen {
  kind: string;
  ago: number;
  affect?: { v: number; a: number };
  distress?: number;
  words?: { id: string; strength?: number }[];
  regions?: string[];
  sensations?: string[];
  contexts?: string[];
  exercise?: string;
  ended?: string;
  minutes?: number;
  ratings?: Record<string, number>;
  reasons?: string[];
}
const ENDED = ["finished", "stopped", "left"] as const;
const KINDS = ["checkin", "note", "scene", "card"] as const;

export default function Supervised({ id }: { id: string | undefined }) {
  return id === undefined ? <List /> : <One id={id} />;
}

function List() {
  const [found, setFound] = useState<Listed[] | null>(null);
  const reading = useReading("supervisions", async () => setFound((await api<{ supervisions: Listed[] }>("GET", "/api/supervisions")).supervisions));
  return (
    <Desk title={at("accompanying.supervised.title")} backTo="/clients">
      <p>{at("accompanying.supervised.text")}</p>
      <Trouble text={reading.trouble} again={reading.again} />
      {found?.length === 0 && <p class="muted">{at("accompanying.supervised.none")}</p>}
      {!!found?.length && (
        <ul class="desk-list">
          {found.map(({ id, by, until }) => (
            <li key={id} class="desk-title">
              <span>{at("accompanying.supervised.one", { by: own(by) })} <span class="muted small">{at("accompanying.supervised.until", { day: dayOf(until) })}</span></span>
              <a class="quiet" href={`/clients/supervised/${id}`} aria-label={at("accompanying.supervised.which", { by: own(by), day: dayOf(until) })}>{at("accompanying.supervised.look")}</a>
            </li>
          ))}
        </ul>
      )}
    </Desk>
  );
}

function One({ id }: { id: string }) {
  const [entries, setEntries] = useState<Seen[] | null>(null);
  const [gone, setGone] = useState(false);
  const library = useLibrary();
  const reading = useReading(id, async () => {
    try {
      setEntries((await api<{ entries: Seen[] }>("GET", `/api/supervisions/${id}`)).entries);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 404) throw error;
      setGone(true);
    }
  });
  const title = (exercise: string): string => library?.exercises.find((one) => one.id === exercise)?.title ?? readable(exercise);
  return (
    <Desk title={at("accompanying.supervised.page")} backTo="/clients/supervised">
      <Trouble text={reading.trouble} again={reading.again} />
      {gone && <p>{at("accompanying.supervised.gone")}</p>}
      {entries?.length === 0 && <p>{at("accompanying.supervised.empty")}</p>}
      {!!entries?.length && <Table entries={entries} title={title} labels={labelsOf(library?.vocabulary ?? null)} />}
    </Desk>
  );
}

function Table({ entries, title, labels }: { entries: readonly Seen[]; title: (exercise: string) => string; labels: Labels }) {
  return (
    <ul class="desk-list">
      {entries.map((one, place) => (
        <li key={place} class="stack tight">
          <span class="desk-title">
            <strong>{whatOf(one, title)}</strong>
            <span class="muted small">{one.ago === 0 ? at("accompanying.supervised.today") : at("accompanying.supervised.ago", { n: one.ago })}</span>
          </span>
          {numbersOf(one).length > 0 && <span>{numbersOf(one).join(" · ")}</span>}
          {picksOf(one, labels).length > 0 && <span class="muted">{picksOf(one, labels).join(", ")}</span>}
        </li>
      ))}
    </ul>
  );
}

function whatOf({ kind, exercise }: Seen, title: (exercise: string) => string): string {
  if (kind === "not-today") return entryTitle(exercise === undefined ? "" : title(exercise));
  if (exercise !== undefined) return title(exercise);
  const known = KINDS.find((one) => one === kind);
  return known === undefined ? readable(kind) : at(`accompanying.supervised.${known}`);
}

function numbersOf({ distress, affect, ended, minutes, ratings }: Seen): string[] {
  const how = ENDED.find((one) => one === ended);
  return [
    ...(distress === undefined ? [] : [at("accompanying.supervised.distress", { n: distress })]),
    ...(affect === undefined ? [] : [at("accompanying.supervised.affect", { v: signed(affect.v), a: signed(affect.a) })]),
    ...(how === undefined ? [] : [at(`accompanying.supervised.${how}`)]),
    ...(minutes === undefined ? [] : [at("accompanying.supervised.minutes", { n: minutes })]),
    ...Object.entries(ratings ?? {}).map(([name, value]) => `${readable(name)}: ${value}`),
  ];
}

function picksOf({ words = [], regions = [], sensations = [], contexts = [], reasons = [] }: Seen, labels: Labels): string[] {
  const said = words.map(({ id, strength }) => (strength === undefined ? labels.word(id) : `${labels.word(id)} (${strength})`));
  return [...said, ...regions.map(labels.region), ...sensations.map(labels.sensation), ...contexts.map(labels.context), ...reasons.map(reasonWords)];
}

/** With the sign that "from −1 to 1" has. */
function signed(value: number): string {
  return value.toFixed(1).replace("-", "−");
}
