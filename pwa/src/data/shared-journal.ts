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
}

/** All pages that `read` answers for the queries it is given. What a pause hid meanwhile is not shown. Throws Problem. */
export async function readPages(read: (query: string) => Promise<JournalPage>): Promise<SharedJournal> {
  const records = new Map<string, WireRecord>();
  let cursor: string | null = null;
  for (;;) {
    const from: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: JournalPage = await read(`limit=${PAGE}${from}`);
    for (const record of page.records) records.set(record.id, record);
    if (!page.more || page.cursor === cursor) {
      const shown = [...records.values()].filter((record) => !page.paused || record.author === "therapist");
      return { records: shown, paused: page.paused };
    }
    cursor = page.cursor;
  }
}
