// Words for feelings that the two found: added here, picked on the client's phone, known to both by one id.
import { useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import type { WireRecord } from "../../data/types.ts";
import { type KeptWord, MEANING_MOST, WORD_MOST, wordsIn } from "../../pair/shared-words.ts";
import { Trouble, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { plain } from "./finding.ts";
import { dt } from "./pair-words.ts";
import type { Client } from "./types.ts";
import { own, tt } from "./words.ts";

type Props = { client: Client; records: readonly WireRecord[]; put: (record: WireRecord) => void };

export function Vocabulary({ client, records, put }: Props) {
  const [adding, setAdding] = useState(false);
  const words = wordsIn(records);
  const [now, ended] = [words.filter((word) => !word.ended), words.filter((word) => word.ended)];
  return (
    <section class="stack tight" aria-labelledby="words-title">
      <h2 id="words-title">{dt("desk.words.title")}</h2>
      <p class="muted small">{dt("desk.words.lead", { name: own(client.name) })}</p>
      {now.length === 0 && <p class="muted">{dt("desk.words.none")}</p>}
      {now.length > 0 && <ul class="desk-list">{now.map((word) => <li key={word.id}><OneWord client={client} word={word} put={put} /></li>)}</ul>}
      {adding
        ? <AddForm client={client} words={words} put={put} done={() => setAdding(false)} />
        : <button type="button" class="button desk-start" onClick={() => setAdding(true)}>{dt("desk.words.add")}</button>}
      {ended.length > 0 && (
        <details class="desk-more">
          <summary>{dt("desk.words.ended", { n: ended.length })}</summary>
          <ul class="desk-list">{ended.map((word) => <li key={word.id}><OneWord client={client} word={word} put={put} /></li>)}</ul>
        </details>
      )}
    </section>
  );
}

type OneProps = { client: Client; word: KeptWord; put: Props["put"] };

function OneWord({ client, word, put }: OneProps) {
  const [changing, setChanging] = useState(false);
  const saving = useChange(client, word, put);
  const name = own(word.word);
  if (changing) return <MeaningForm word={word} saving={saving} done={() => setChanging(false)} />;
  return (
    <div class="stack tight">
      <p><strong><bdi>{word.word}</bdi></strong></p>
      <p dir="auto">{word.meaning}</p>
      <div class="row">
        {!word.ended && <button type="button" class="quiet" aria-label={dt("desk.words.change_of", { word: name })} onClick={() => setChanging(true)}>{dt("desk.words.change")}</button>}
        <button type="button" class="quiet" aria-label={dt(word.ended ? "desk.words.again_of" : "desk.words.end_of", { word: name })} disabled={saving.busy}
          onClick={() => saving.run({ meaning: word.meaning, ended: !word.ended, base: word.rev }, () => undefined)}>{dt(word.ended ? "desk.words.again" : "desk.words.end")}</button>
      </div>
      <Trouble text={saving.trouble} />
    </div>
  );
}

function MeaningForm({ word, saving, done }: { word: KeptWord; saving: ReturnType<typeof useChange>; done: () => void }) {
  const [meaning, setMeaning] = useState(word.meaning);
  const [base] = useState(word.rev);
  const id = `meaning-${word.id}`;
  return (
    <form class="card stack desk-form" onSubmit={(event) => { event.preventDefault(); saving.run({ meaning: meaning.trim(), ended: false, base }, done); }}>
      <label for={id}><bdi>{word.word}</bdi></label>
      <input id={id} class="input" type="text" dir="auto" required maxLength={MEANING_MOST} autocomplete="off" value={meaning}
        onInput={({ currentTarget }) => setMeaning(currentTarget.value)} />
      <Trouble text={saving.trouble} />
      <div class="row">
        <button type="submit" class="primary" disabled={saving.busy || meaning.trim() === ""}>{dt("desk.words.save_meaning")}</button>
        <button type="button" class="button" onClick={done}>{tt("therapist.limits.cancel")}</button>
      </div>
    </form>
  );
}

type Change = { meaning: string; ended: boolean; base: string };

/** What becomes of the word that was on screen at `base`; what somebody else changed meanwhile is not written over. */
function useChange(client: Client, { id }: KeptWord, put: Props["put"]) {
  const tried = useRef<{ said: string; op: string } | null>(null);
  return useAction(async (change: Change, done: () => void) => {
    const said = JSON.stringify(change);
    if (tried.current?.said !== said) tried.current = { said, op: newId() }; // the same again is the same wish
    put(await api<WireRecord>("PUT", `/api/clients/${client.id}/words/${id}`, { ...change, op: tried.current.op }));
    tried.current = null;
    done();
  });
}

function AddForm({ client, words, put, done }: { client: Client; words: readonly KeptWord[]; put: Props["put"]; done: () => void }) {
  const [{ word, meaning }, change] = useState({ word: "", meaning: "" });
  const [id] = useState(newId);
  const tried = useRef<{ said: string; op: string } | null>(null);
  const twice = word.trim() !== "" && words.some((other) => plain(other.word).trim() === plain(word).trim());
  const saving = useAction(async () => {
    const said = { word: word.trim(), meaning: meaning.trim() };
    if (tried.current?.said !== JSON.stringify(said)) tried.current = { said: JSON.stringify(said), op: newId() };
    put(await api<WireRecord>("POST", `/api/clients/${client.id}/words`, { ...said, id, op: tried.current.op }));
    done();
  });
  const name = own(client.name);
  return (
    <form class="card stack desk-form" onSubmit={(event) => { event.preventDefault(); saving.run(); }}>
      <div class="field">
        <label for="new-word">{dt("desk.words.word")}</label>
        <p id="new-word-hint" class="hint">{dt("desk.words.word_hint", { name })}</p>
        <input id="new-word" class="input" type="text" dir="auto" required maxLength={WORD_MOST} autocomplete="off" value={word}
          aria-describedby={twice ? "new-word-hint new-word-twice" : "new-word-hint"} aria-invalid={twice}
          onInput={({ currentTarget }) => change({ word: currentTarget.value, meaning })} />
        {twice && <p id="new-word-twice" class="problem small" role="status">{dt("desk.words.twice")}</p>}
      </div>
      <div class="field">
        <label for="new-meaning">{dt("desk.words.meaning")}</label>
        <p id="new-meaning-hint" class="hint">{dt("desk.words.meaning_hint", { name })}</p>
        <input id="new-meaning" class="input" type="text" dir="auto" required maxLength={MEANING_MOST} autocomplete="off" value={meaning}
          aria-describedby="new-meaning-hint" onInput={({ currentTarget }) => change({ word, meaning: currentTarget.value })} />
      </div>
      <Trouble text={saving.trouble} />
      <div class="row">
        <button type="submit" class="primary" disabled={saving.busy || twice || word.trim() === "" || meaning.trim() === ""}>{dt("desk.words.save")}</button>
        <button type="button" class="button" onClick={done}>{tt("therapist.limits.cancel")}</button>
      </div>
    </form>
  );
}
