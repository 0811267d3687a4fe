// Deleting everything: what goes and what does not, a copy first, and a word to type before the last button.
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { Screen } from "../../app/shell.tsx";
import { Problem } from "../../data/api.ts";
import { status } from "../../data/journal.ts";
import { eraseEverything } from "../../data/session.ts";
import { erased } from "../../leaving/erased.ts";
import { lt } from "../../leaving/words.ts";
import { useCopy, useEntryCount } from "./leave.tsx";

const GOES = ["phone", "server", "therapist", "backups"] as const;
const STAYS = ["copies", "said"] as const;

export function Delete() {
  const entries = useEntryCount();
  const { onlyHere, waiting, refused } = status.value;
  const unsent = (waiting ?? 0) + (refused ?? 0);
  return (
    <Screen title={lt("leaving.delete.title")} backTo="/settings/leave">
      <p class="lead">{lt("leaving.delete.lead")}</p>
      <section class="card" aria-labelledby="here">
        <h2 id="here">{lt("leaving.delete.here")}</h2>
        {entries !== null && <p><strong>{lt("leaving.delete.entries", { n: entries })}</strong></p>}
        {!!onlyHere && <p>{lt("leaving.delete.only_here", { n: onlyHere })}</p>}
        {unsent > 0 && <p>{lt("leaving.delete.waiting", { n: unsent })}</p>}
        <CopyFirst />
      </section>
      <section class="card" aria-labelledby="goes">
        <h2 id="goes">{lt("leaving.delete.goes")}</h2>
        <ul>{GOES.map((what) => <li key={what}>{lt(`leaving.delete.goes.${what}`)}</li>)}</ul>
        <h2>{lt("leaving.delete.stays")}</h2>
        <ul>{STAYS.map((what) => <li key={what}>{lt(`leaving.delete.stays.${what}`)}</li>)}</ul>
      </section>
      <LastCheck entries={entries} />
    </Screen>
  );
}

function CopyFirst() {
  const { copy, action } = useCopy();
  return (
    <>
      <button type="button" class="button wide-button" onClick={action.run} disabled={action.busy}>
        {lt(action.busy ? "leaving.copy.making" : "leaving.delete.copy_first")}
      </button>
      <p class="hint" role="status">{copy ? lt("leaving.copy.saved", { file: copy.file.name }) : lt("leaving.delete.copy_hint")}</p>
      {copy && !copy.server && <p class="hint">{lt("leaving.copy.without_server")}</p>}
      {action.trouble && <p class="problem" role="alert">{lt("leaving.copy.failed")}</p>}
    </>
  );
}

function LastCheck({ entries }: { entries: number | null }) {
  const [typed, setTyped] = useState("");
  const { busy, trouble, run } = useErasing(typed, entries);
  const word = lt("leaving.delete.word");
  const submit = (event: Event) => {
    event.preventDefault();
    run();
  };
  return (
    <form class="card" onSubmit={submit} noValidate>
      <div class="field">
        <label for="word">{lt("leaving.delete.check", { word: `“${word}”` })}</label>
        <input id="word" class="input" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} autocomplete="off" autocapitalize="none"
          autocorrect="off" spellcheck={false} aria-invalid={trouble ? true : undefined} aria-describedby={trouble ? "why" : undefined} />
      </div>
      {trouble && <p class="problem" id="why" role="alert">{trouble}</p>}
      <button type="submit" class="button wide-button" disabled={busy}>{lt(busy ? "leaving.delete.deleting" : "leaving.delete.button")}</button>
      <a class="primary wide-button" href="/settings/leave">{lt("leaving.delete.keep")}</a>
    </form>
  );
}

/** Deletes when the word was typed. What went wrong is said in words that are true of both sides. */
function useErasing(typed: string, entries: number | null) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { route } = useLocation();
  const run = () => {
    if (busy) return;
    const word = lt("leaving.delete.word");
    if (typed.trim().toLowerCase() !== word) return setTrouble(lt("leaving.delete.wrong", { word: `“${word}”` }));
    if (!navigator.onLine) return setTrouble(lt("leaving.delete.offline"));
    setBusy(true);
    setTrouble(null);
    const gone = () => {
      erased.value = { entries };
      route("/gone", true);
    };
    eraseEverything(gone).catch((error: unknown) => setTrouble(why(error))).finally(() => setBusy(false));
  };
  return { busy, trouble, run };
}

function why(error: unknown): string {
  if (error instanceof Problem && error.status !== 0) return error.detail;
  return lt("leaving.delete.unsure");
}
