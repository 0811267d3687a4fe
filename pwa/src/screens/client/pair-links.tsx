// Among what is shared: the way to the notes, and to the words of the two where there are any.
import { useRecords } from "../../data/journal.ts";
import { KIND, wordsIn } from "../../pair/shared-words.ts";
import { nt } from "../../pair/words.ts";
import { names } from "../../sharing/words.ts";

export function PairLinks() {
  const words = wordsIn(useRecords({ kinds: [KIND] }) ?? []);
  return (
    <>
      <a class="button" href="/settings/notes">{nt("pair.notes.settings")}</a>
      {words.length > 0 && <a class="button" href="/settings/words">{nt("pair.words.settings", names())}</a>}
    </>
  );
}
