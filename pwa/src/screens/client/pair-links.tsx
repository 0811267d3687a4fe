// Among what is shared: the way to the notes, and to the words of the two where there are any.
import { useRecords } from "../../data/journal.ts";
import { KIND, wordsIn } from "../../pair/shared-words.ts";
import { nt } from "../../pair/words.ts";
import { names } from "../../sharing/words.ts";
import { RowTo } from "../../ui/row-to.tsx";

export function PairLinks() {
  const words = wordsIn(useRecords({ kinds: [KIND] }) ?? []);
  return (
    <>
      <RowTo href="/settings/notes" name={nt("pair.notes.settings")} />
      {words.length > 0 && <RowTo href="/settings/words" name={nt("pair.words.settings", names())} />}
    </>
  );
}
