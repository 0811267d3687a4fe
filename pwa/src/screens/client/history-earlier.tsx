// What an entry said before it was changed: looked up when it is asked for.
import { useEffect, useRef, useState } from "preact/hooks";
import { type Earlier, earlierVersions, type History, staysHere } from "../../data/earlier.ts";
import type { Entry } from "../../history/entries.ts";
import { sentence } from "../../ui/action.ts";
import { Answers } from "./history-texts.tsx";
import { kt, whenWords } from "../../app/keeping-words.ts";

/** For entries the server has or had: what stayed on this phone has no versions. */
export function EarlierVersions({ entry }: { entry: Entry }) {
  const [open, setOpen] = useState(false);
  if (staysHere(entry.main)) return null;
  if (open) return <Found entry={entry} />;
  return (
    <p>
      <button type="button" class="button" onClick={() => setOpen(true)}>{kt("keeping.earlier.show")}</button>
    </p>
  );
}

function Found({ entry }: { entry: Entry }) {
  const { history, trouble } = useHistory(entry);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <section class="stack" aria-labelledby="earlier">
      <h2 id="earlier" tabIndex={-1} ref={heading}>{kt("keeping.earlier.title")}</h2>
      <p class="muted" role="status">{history === null ? (trouble ?? kt("keeping.earlier.looking")) : said(history)}</p>
      {history?.versions.map((version) => <Version key={version.rev} entry={entry} version={version} />)}
    </section>
  );
}

function said({ versions: { length: n }, complete }: History): string {
  if (n === 0) return kt(complete ? "keeping.earlier.none" : "keeping.earlier.none_here");
  return kt(complete ? "keeping.earlier.all" : "keeping.earlier.here", { n });
}

function Version({ entry, version }: { entry: Entry; version: Earlier }) {
  return (
    <div class="stack tight">
      <h3 class="day-name">{kt("keeping.earlier.version", { when: whenWords(version.saved_at) })}</h3>
      <Answers entry={{ ...entry, main: { ...entry.main, ...version }, parts: [] }} />
    </div>
  );
}

/** Read again when the entry changes while it is open. */
function useHistory({ main: { id, rev } }: Entry): { history: History | null; trouble: string | null } {
  const [history, setHistory] = useState<History | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    earlierVersions(id).then(
      (found) => gone || setHistory(found),
      (error: unknown) => gone || setTrouble(sentence(error)),
    );
    return () => {
      gone = true;
    };
  }, [id, rev]);
  return { history, trouble };
}
