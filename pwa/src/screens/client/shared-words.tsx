// The words for feelings that a person and their therapist share, with what they mean; each can be put out of the way.
import { useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { useRecords } from "../../data/journal.ts";
import { hideWord } from "../../pair/hidden.ts";
import { HIDDEN, hiddenIn, KIND, type KeptWord, wordsIn } from "../../pair/shared-words.ts";
import { nt } from "../../pair/words.ts";
import { names } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";
import { Switch } from "../../ui/inputs/switch.tsx";
import "../../styles/inputs.css";
import "../../styles/pair.css";

export default function SharedWordsPage() {
  const records = useRecords({ kinds: [KIND, HIDDEN.kind] });
  return (
    <Screen title={nt("pair.words.page")} backTo="/settings/sharing">
      {records !== null && <All words={wordsIn(records)} hidden={new Set(hiddenIn(records))} />}
    </Screen>
  );
}

function All({ words, hidden }: { words: readonly KeptWord[]; hidden: ReadonlySet<string> }) {
  const [now, ended] = [words.filter((word) => !word.ended), words.filter((word) => word.ended)];
  return (
    <>
      <p class="lead">{nt("pair.words.lead", names())}</p>
      {now.length === 0 && <p>{nt("pair.words.none")}</p>}
      {now.length > 0 && <ul class="plain-list stack">{now.map((word) => <li key={word.id}><OneWord word={word} hidden={hidden.has(word.id)} /></li>)}</ul>}
      {ended.length > 0 && (
        <section class="stack tight" aria-labelledby="ended-words">
          <h2 id="ended-words">{nt("pair.words.ended")}</h2>
          <p class="hint">{nt("pair.words.ended_hint", names())}</p>
          <ul class="plain-list stack tight">{ended.map((word) => <li key={word.id}><Meaning word={word} /></li>)}</ul>
        </section>
      )}
    </>
  );
}

function OneWord({ word, hidden }: { word: KeptWord; hidden: boolean }) {
  const [away, setAway] = useState(hidden);
  const turn = useAction(async () => {
    setAway(!away);
    await hideWord(word.id, !away).catch((error: unknown) => {
      setAway(away); // it was not saved
      throw error;
    });
  });
  return (
    <div class="card">
      <Meaning word={word} />
      <Switch label={nt("pair.words.show", { word: `\u2068${word.word}\u2069` })} on={!away} onChange={turn.run}
        description={nt("pair.words.hide_hint")} />
      {turn.trouble && <p class="problem" role="alert">{turn.trouble}</p>}
    </div>
  );
}

function Meaning({ word: { word, meaning } }: { word: KeptWord }) {
  return <p><strong><bdi>{word}</bdi></strong><br /><bdi>{meaning}</bdi></p>;
}
