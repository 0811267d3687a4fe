// What is shared of a journal, as the server gives it to whoever may read it.
import type { WireRecord } from "./types.ts";

const PAGE = 500;

export interface JournalPage {
  records: WireRecord[];
  cursor: string;
  more: boolean;
  /** The client has paused sharing: none of their records is there. */
  paused: boolean;
}

/** A shared journal, whole; while sharing is paused, only what the therapist wrote. */
export interface SharedJournal {
  records: WireRecord[];
  paused: boolean;
  /** How far it was read: any later change of the journal lies past it. */
  cursor: string;
}

type Read = (query: string) => Promise<JournalPage>;

/** All pages that `read` answers for the queries it is given. What a pause hid meanwhile is not shown. Throws Problem. */
export async function readPages(read: Read): Promise<SharedJournal> {
  const records = new Map<string, WireRecord>();
  let cursor: string | null = null;
  for (;;) {
    const page: JournalPage = await read(`limit=${PAGE}${past(cursor)}`);
    for (const record of page.records) records.set(record.id, record);
    if (!page.more || page.cursor === cursor) {
      const shown = [...records.values()].filter((record) => !page.paused || record.author === "therapist");
      return { records: shown, paused: page.paused, cursor: page.cursor };
    }
    cursor = page.cursor;
  }
}

/**
 * A journal that was read before, as it is now: `known` itself while nothing in it changed, which takes one short page
 * however long the journal is. Whatever changed, it is read whole: what was taken back is in no page any more. Throws Problem.
 */
export async function readAgain(read: Read, known: SharedJournal): Promise<SharedJournal> {
  const page = await read(`limit=1${past(known.cursor)}`);
  return page.cursor === known.cursor && page.paused === known.paused ? known : readPages(read);
}

function past(cursor: string | null): string {
  return cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
}
