// What the notes of this page have in common.
import { useState } from "preact/hooks";
import { remove } from "../../data/journal.ts";
import type { LocalRecord } from "../../data/types.ts";
import type { Note } from "../../pair/notes.ts";
import { nt } from "../../pair/words.ts";
import { leavingWords } from "../../sharing/leaving.ts";
import { names } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";
import { Ask } from "./history-ask.tsx";

/** Who can read a note of one's own. */
export function seenBy({ record }: Note<LocalRecord>): string {
  return leavingWords(record) ?? nt(record.audience === "therapist" ? "pair.notes.shared" : "pair.notes.kept", names());
}

/** Deletes a note after it was asked once. */
export function DeleteNote({ note: { id }, name }: { note: Note<LocalRecord>; name?: string }) {
  const [asking, setAsking] = useState(false);
  const going = useAction(() => remove([id]));
  return (
    <div>
      <button type="button" class="quiet" {...(name && { "aria-label": name })} disabled={going.busy} onClick={() => setAsking(true)}>{nt("pair.notes.delete")}</button>
      {going.trouble && <p class="problem" role="alert">{going.trouble}</p>}
      {asking && (
        <Ask title={nt("pair.notes.delete_ask")} text={nt("pair.notes.delete_text", names())} yes={nt("pair.notes.delete_yes")}
          onYes={() => { setAsking(false); going.run(); }} onNo={() => setAsking(false)} />
      )}
    </div>
  );
}
