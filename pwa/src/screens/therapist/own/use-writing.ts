// What is being written, and whether it is saved: each change is sent by itself a moment later. What was not taken yet is
// held in memory, also while somebody signs in again.
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../../../data/api.ts";
import { sentence } from "../api.ts";
import { kept } from "../state.ts";
import { readOwn, save } from "./api.ts";
import { Autosave } from "./autosave.ts";
import { timed } from "./change.ts";
import type { Form, OwnExercise, Written } from "./types.ts";

/** How long after the last letter. */
const SOON = 900;

export type Standing =
  | { at: "saved" }
  | { at: "waiting" }
  | { at: "saving" }
  /** What was written is on this page alone, and why. */
  | { at: "unsaved"; why: string }
  /** Somebody else changed it: theirs, to look at. Mine is still here. */
  | { at: "theirs"; theirs: OwnExercise };

interface Held {
  base: number;
  written: Written;
}

export interface Writing {
  /** As the server has it. */
  there: OwnExercise;
  /** As it is on this page. */
  mine: Written;
  standing: Standing;
  change: (written: Written) => void;
  /** Sends what waits: what is there when all of it was taken, else null. */
  flush: () => Promise<OwnExercise | null>;
  /** What is there takes the place of what is on this page. */
  take: (there: OwnExercise, as?: "form" | "files") => void;
}

export function useWriting(first: OwnExercise): Writing {
  const [there, setThere] = useState(first);
  const [mine, setMine] = useState<Written>(() => held(first.id)?.written ?? asForm(first));
  const [standing, setStanding] = useState<Standing>(held(first.id) ? { at: "waiting" } : { at: "saved" });
  const timer = useRef(0);
  const page = useRef({ gone: false, theirs: false });
  const tell = (next: Standing): void => {
    if (!page.current.gone) setStanding(next);
  };
  const refused = async (error: unknown): Promise<void> => {
    if (!(error instanceof Problem && error.status === 409)) return tell({ at: "unsaved", why: sentence(error) });
    page.current.theirs = true;
    await readOwn(first.id).then((theirs) => tell({ at: "theirs", theirs }), (trouble: unknown) => tell({ at: "unsaved", why: sentence(trouble, "reading") }));
  };
  const taken = (fresh: OwnExercise, more: boolean): void => {
    if (more) kept.set(first.id, { base: fresh.rev, written: writing.current.written } satisfies Held);
    else kept.delete(first.id);
    if (page.current.gone) return;
    setThere(fresh);
    tell({ at: more ? "waiting" : "saved" });
    if (!more) keepTime(fresh);
  };
  const writing = useRef<Autosave<Written, OwnExercise>>(null as never);
  writing.current ??= begun(first, { sending: () => tell({ at: "saving" }), taken, refused: (error) => void refused(error) });
  /** The times follow the words by themselves. */
  const keepTime = (fresh: OwnExercise): void => {
    const { written } = writing.current;
    const form = "form" in written ? timed(written.form, fresh.seconds) : null;
    if (form !== null && "form" in written && form !== written.form) change({ form });
  };
  const change = (written: Written): void => {
    writing.current.change(written);
    kept.set(first.id, { base: writing.current.base, written } satisfies Held);
    setMine(written);
    clearTimeout(timer.current);
    if (page.current.theirs) return;
    tell({ at: "waiting" });
    timer.current = window.setTimeout(() => void writing.current.flush(), SOON);
  };
  const flush = (): Promise<OwnExercise | null> => {
    clearTimeout(timer.current);
    return writing.current.flush();
  };
  const take = (fresh: OwnExercise, as: "form" | "files" = "form"): void => {
    const written = as === "files" ? { files: fresh.files } : asForm(fresh);
    clearTimeout(timer.current);
    kept.delete(first.id);
    page.current.theirs = false;
    writing.current.take(fresh, written);
    setThere(fresh);
    setMine(written);
    setStanding({ at: "saved" });
  };
  useEffect(() => {
    const again = (): void => void (page.current.theirs || flush());
    if (writing.current.unsaved) void flush();
    addEventListener("online", again);
    return () => {
      removeEventListener("online", again);
      page.current.gone = true;
      if (!page.current.theirs) void flush();
    };
  }, []);
  useAsking(standing.at !== "saved");
  return { there, mine, standing, change, flush, take };
}

/** What was held goes out first. */
function begun(first: OwnExercise, told: ConstructorParameters<typeof Autosave<Written, OwnExercise>>[4]): Autosave<Written, OwnExercise> {
  const before = held(first.id);
  const written = before?.written ?? asForm(first);
  const autosave = new Autosave<Written, OwnExercise>(first, before?.base ?? first.rev, written, (base, one) => save(first.id, base, one), told);
  if (before) autosave.change(written);
  return autosave;
}

/** The form where there is one, else the files. */
function asForm({ form, files }: { form: Form | null; files: OwnExercise["files"] }): Written {
  return form === null ? { files } : { form };
}

function held(id: string): Held | undefined {
  return kept.get(id) as Held | undefined;
}

/** Closing the page asks first while something is not saved. */
function useAsking(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unsaved]);
}
