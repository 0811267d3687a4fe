// Making the copy: what this phone holds and, when it can be reached, what the server holds too.
import { ask, Problem } from "../data/api.ts";
import { everything } from "../data/everything.ts";
import { library } from "../data/library.ts";
import { me } from "../data/session.ts";
import { localDay, zoneHere } from "../history/days.ts";
import { filesOf, zipped } from "./archive.ts";
import { materialOf } from "./material.ts";
import { lt } from "./words.ts";

export interface Copy {
  file: File;
  /** Whether what the server holds is in it. */
  server: boolean;
}

const PATIENCE = 120_000;

/** One ZIP of everything. Works offline; nothing is sent. */
export async function makeCopy(now: number = Date.now()): Promise<Copy> {
  const [held, server] = await Promise.all([everything(now), serversPart()]);
  const material = materialOf(held, me.value?.id ?? "me", library.value);
  const parts = await zipped(filesOf(material, server), new Date(now));
  const name = lt("leaving.copy.file", { day: localDay(now, zoneHere()) });
  return { file: new File(parts, name, { type: "application/zip" }), server: server !== null };
}

/** What the server holds, as it answered; null when it can't be reached, or its answer broke off. */
async function serversPart(): Promise<string | null> {
  try {
    const answer = await ask("/api/export", { method: "GET", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    const text = await answer.text();
    JSON.parse(text);
    return text;
  } catch (error) {
    if (!(error instanceof Problem || error instanceof SyntaxError || error instanceof TypeError || error instanceof DOMException)) throw error;
    return null;
  }
}
