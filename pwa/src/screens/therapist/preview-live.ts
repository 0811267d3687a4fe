// The exercise of a preview. In development it is asked for again and again, so that a change of its file shows at once.
import { useEffect, useState } from "preact/hooks";
import { locale } from "../../app/words.ts";
import type { Exercise } from "../../exercise/types.ts";
import { api, sentence } from "./api.ts";

/** What can be played, or the checker's sentences that say why it can't. */
export interface Shown {
  tag: string;
  /** It follows the files. */
  live: boolean;
  /** The practice approved this version. */
  approved: boolean;
  exercise: Exercise | null;
  problems: string[];
  /** About one that can be played: its version is settled, and its files are others. */
  notes: string[];
}

const EVERY = 250;

/** `draft` is what is being written of one of the practice's own. */
export function useLive(id: string, draft = false): { shown: Shown | null; trouble: string | null; again: () => void } {
  const [shown, setShown] = useState<Shown | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const address = draft ? `/api/practice/own-exercises/${id}/preview` : `/api/practice/exercises/${id}/preview`;
  useEffect(() => follow(address, setShown, setTrouble), [address, round]);
  return { shown, trouble, again: () => setRound(round + 1) };
}

/** Asks until it is told to end; once only where the server does not follow the files. What is shown stays in trouble. */
function follow(address: string, show: (shown: Shown) => void, say: (trouble: string | null) => void): () => void {
  let [gone, live, tag] = [false, false, ""];
  let timer: ReturnType<typeof setTimeout>;
  const look = async (): Promise<void> => {
    try {
      const known = encodeURIComponent(tag);
      const fresh = await api<Shown | undefined>("GET", `${address}?locale=${locale}&known=${known}`);
      if (gone) return;
      if (fresh) {
        ({ live, tag } = fresh);
        show(fresh);
      }
      say(null);
    } catch (error) {
      if (!gone) say(sentence(error, "reading"));
    }
    if (live && !gone) timer = setTimeout(() => void look(), EVERY);
  };
  void look();
  return () => {
    gone = true;
    clearTimeout(timer);
  };
}
