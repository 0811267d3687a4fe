// Bringing entries in: a file is looked into, what would come in is said, and only a yes stores it.
import { useRef, useState } from "preact/hooks";
import { dates } from "../../app/dates.ts";
import { Screen } from "../../app/shell.tsx";
import { bringIn, sorted } from "../../data/bring-in.ts";
import { NotSaved } from "../../data/trouble.ts";
import { datedDay } from "../../history/day-words.ts";
import type { Brought } from "../../leaving/checks.ts";
import { type Found, readFile } from "../../leaving/read.ts";
import { Unusable } from "../../leaving/unusable.ts";
import { lt } from "../../leaving/words.ts";

interface Ready {
  found: Found;
  fresh: Brought[];
  there: number;
}
type State =
  | { at: "choose"; trouble: string | null }
  | { at: "looking" | "bringing" }
  | { at: "ready"; ready: Ready }
  | { at: "done"; n: number };

export function Import() {
  const [state, setState] = useState<State>({ at: "choose", trouble: null });
  const failed = (error: unknown) => setState({ at: "choose", trouble: sentence(error) });
  const look = (file: File) => {
    setState({ at: "looking" });
    void lookInto(file).then((ready) => setState({ at: "ready", ready }), failed);
  };
  const bring = (records: readonly Brought[]) => {
    setState({ at: "bringing" });
    void bringIn(records).then((n) => setState({ at: "done", n }), failed);
  };
  return (
    <Screen title={lt("leaving.import.title")} backTo="/settings/leave">
      {state.at === "choose" && <Choose trouble={state.trouble} onFile={look} />}
      {(state.at === "looking" || state.at === "bringing") && <p role="status">{lt(`leaving.import.${state.at}`)}</p>}
      {state.at === "ready" && <Preview {...state.ready} onYes={bring} onOther={() => setState({ at: "choose", trouble: null })} />}
      {state.at === "done" && <Done n={state.n} />}
    </Screen>
  );
}

async function lookInto(file: File): Promise<Ready> {
  const found = await readFile(file);
  return { found, ...(await sorted(found.records)) };
}

function sentence(error: unknown): string {
  if (error instanceof Unusable || error instanceof NotSaved) return error.message;
  console.error(error);
  return lt("leaving.import.failed");
}

function Choose({ trouble, onFile }: { trouble: string | null; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const pick = () => {
    const file = input.current?.files?.[0];
    if (file) onFile(file);
  };
  return (
    <>
      <p>{lt("leaving.import.lead")}</p>
      <p>{lt("leaving.import.private")}</p>
      {trouble && <p class="problem" role="alert">{trouble}</p>}
      <button type="button" class="primary wide-button" aria-describedby="file-hint" onClick={() => input.current?.click()}>
        {lt("leaving.import.choose")}
      </button>
      <input ref={input} type="file" hidden accept=".zip,.json,.csv,application/zip,application/json,text/csv" onChange={pick} />
      <p class="hint" id="file-hint">{lt("leaving.import.kinds")}</p>
    </>
  );
}

interface PreviewProps extends Ready {
  onYes: (records: readonly Brought[]) => void;
  onOther: () => void;
}

function Preview({ found, fresh, there, onYes, onOther }: PreviewProps) {
  const { name, from, theirs } = found;
  return (
    <section class="stack" aria-labelledby="ready">
      <h2 id="ready" tabIndex={-1} ref={(heading) => heading?.focus()}>{lt("leaving.import.ready")}</h2>
      <p>{lt(`leaving.import.from_${from}`, { name })}</p>
      {fresh.length === 0 ? <p>{lt("leaving.import.nothing_new")}</p> : <What records={fresh} />}
      {there > 0 && fresh.length > 0 && <p>{lt("leaving.import.there", { n: there })}</p>}
      {theirs > 0 && <p>{lt("leaving.import.theirs", { n: theirs })}</p>}
      {from === "daylio" && fresh.length > 0 && <p>{lt("leaving.import.daylio_words")}</p>}
      {fresh.length > 0 && (
        <>
          <p>{lt("leaving.import.private")}</p>
          <button type="button" class="primary wide-button" onClick={() => onYes(fresh)}>{lt("leaving.import.yes", { n: fresh.length })}</button>
        </>
      )}
      <button type="button" class="button wide-button" onClick={onOther}>{lt("leaving.import.other")}</button>
    </section>
  );
}

const KINDS = ["checkin", "run", "not-today", "note", "card", "scene", "plan"] as const;

function What({ records }: { records: readonly Brought[] }) {
  const of = (kind: string): number => records.filter((record) => record.kind === kind && !("part_of" in record.body && kind === "checkin")).length;
  const days = records.flatMap(({ day }) => day ?? []).sort();
  const [first, last] = [days[0], days.at(-1)];
  const other = records.filter(({ kind }) => !(KINDS as readonly string[]).includes(kind)).length;
  return (
    <>
      <ul>
        {KINDS.filter((kind) => of(kind) > 0).map((kind) => <li key={kind}>{lt(`leaving.import.kind.${kind}`, { n: of(kind) })}</li>)}
        {other > 0 && <li>{lt("leaving.import.kind.other", { n: other })}</li>}
      </ul>
      {first !== undefined && last !== undefined && (
        <p>{first === last ? lt("leaving.import.day", { first: datedDay(first, dates) }) : lt("leaving.import.days", { first: datedDay(first, dates), last: datedDay(last, dates) })}</p>
      )}
    </>
  );
}

function Done({ n }: { n: number }) {
  return (
    <div class="stack">
      <p role="status">{n === 0 ? lt("leaving.import.none") : lt("leaving.import.done", { n })}</p>
      <div class="row">
        <a class="primary" href="/history">{lt("leaving.import.to_history")}</a>
        <a class="button" href="/settings/leave">{lt("leaving.import.back")}</a>
      </div>
    </div>
  );
}
