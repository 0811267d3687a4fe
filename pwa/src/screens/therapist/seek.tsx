// What to look for in what was shared: words, and by what to narrow it down.
import { useState } from "preact/hooks";
import type { Vocabulary } from "../../exercise/types.ts";
import { type EntryKind, KINDS } from "../../history/entries.ts";
import { WordOptions } from "../../history/views/word-options.tsx";
import { Choice } from "../../ui/inputs/choice.tsx";
import { jt } from "./journal-words.ts";
import { EVERYTHING, HARD, isEverything, type Sought, type Span, SPANS } from "./sought.ts";
import { shortDay } from "./times.ts";
import "../../styles/history.css";

type Props = {
  sought: Sought;
  /** The day of the last session, if one is known. */
  session: string | null;
  today: string;
  vocabulary: Vocabulary | null;
  change: (part: Partial<Sought>) => void;
};

export function Seek({ sought, session, today, vocabulary, change }: Props) {
  const { text, kind, word, hard, span } = sought;
  const [open] = useState(!isEverything({ ...sought, text: "" }));
  return (
    <form class="stack tight not-printed" role="search" onSubmit={(event) => event.preventDefault()}>
      <div class="field">
        <label for="seek-text">{jt("shared.find")}</label>
        <input id="seek-text" class="input" type="search" autocomplete="off" autocapitalize="none" spellcheck={false} enterkeyhint="search"
          aria-describedby="seek-hint" value={text} onInput={({ currentTarget }) => change({ text: currentTarget.value })} />
        <p id="seek-hint" class="hint">{jt("shared.find.hint")}</p>
      </div>
      <details class="look-filters" open={open}>
        <summary>{jt("shared.find.filters")}</summary>
        <div class="desk-filters">
          <Choice label={jt("shared.find.kind")} value={kind ?? ""} onPick={(value) => change({ kind: value === "" ? null : value as EntryKind })}>
            <option value="">{jt("shared.find.any")}</option>
            {KINDS.map((one) => <option key={one} value={one}>{jt(`shared.find.kind.${one}`)}</option>)}
          </Choice>
          <Choice label={jt("shared.find.word")} value={word ?? ""} onPick={(value) => change({ word: value === "" ? null : value })}>
            <option value="">{jt("shared.find.any")}</option>
            <WordOptions vocabulary={vocabulary} />
          </Choice>
          <Choice label={jt("shared.find.span")} value={span} onPick={(value) => change({ span: value as Span })}>
            {SPANS.filter((one) => one !== "session" || session !== null).map((one) => <option key={one} value={one}>{spanWords(one, session, today)}</option>)}
          </Choice>
          {span === "own" && (["from", "to"] as const).map((end) => (
            <label key={end} class="field">
              <span>{jt(`shared.find.${end}`)}</span>
              <input class="input" type="date" max={today} value={sought[end]} onInput={({ currentTarget }) => change({ [end]: currentTarget.value })} />
            </label>
          ))}
          <label class="check">
            <input type="checkbox" checked={hard} onChange={({ currentTarget }) => change({ hard: currentTarget.checked })} />
            {jt("shared.find.hard", { n: HARD })}
          </label>
        </div>
      </details>
      {!isEverything(sought) && <button type="button" class="button desk-start" onClick={() => change(EVERYTHING)}>{jt("shared.find.clear")}</button>}
    </form>
  );
}

function spanWords(span: Span, session: string | null, today: string): string {
  if (span === "session") return jt("shared.find.span.session", { day: shortDay(session ?? today, today) });
  return span === "any" || span === "own" ? jt(`shared.find.span.${span}`) : jt("shared.find.span.last", { n: Number(span) });
}
