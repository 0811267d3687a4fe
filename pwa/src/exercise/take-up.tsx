// Taking up a run that was cut off: at its step, after one question, or by way of Back in the room.
import { useLocation } from "preact-iso/router";
import { useEffect, useState } from "preact/hooks";
import { Screen } from "../app/shell.tsx";
import { pt } from "./words.ts";
import { newId } from "../data/ids.ts";
import { library, shellExercises } from "../data/library.ts";
import { start } from "./engine.ts";
import { lastContact } from "../data/sync.ts";
import { asOfNow, useContext, useSetting, whyClosed } from "./context.ts";
import { putAway } from "./finish.ts";
import { isSetBack, type LiveAssignment, mayStart } from "./gates.ts";
import { keptRun } from "./kept-runs.ts";
import { howToResume, isOld, type Kept, taken } from "./resuming.ts";
import { Gate } from "./start-gate.tsx";
import type { Exercise } from "./types.ts";
import type { Playing } from "./use-player.ts";
import { progress } from "./way.ts";

interface TakeUpProps {
  /** The id of the exercise, as the address says it. */
  id: string;
  run: string;
  /** The exercise as it is now; undefined when it is not here any more. */
  exercise: Exercise | undefined;
  /** Its assignment, if there is one that holds. */
  assignment: LiveAssignment | null;
  onPlay: (playing: Playing) => void;
}

export function TakeUp({ id, run, exercise, assignment, onPlay }: TakeUpProps) {
  const kept = useKept(run);
  const { route } = useLocation();
  const context = useContext(exercise, assignment);
  const setting = useSetting();
  // Before the exercises were read from this phone's store nothing is known of one that is missing.
  const unread = exercise === undefined && library.value === null && kept?.intensity !== "high";
  const { scene, rewritten_at: rewritten } = assignment?.body ?? {};
  const unknown = setting === null || (exercise !== undefined && context === null);
  // What the therapist has closed for this person since is not gone on with: its page says why.
  const closed = exercise !== undefined && context !== null && kept?.intensity !== "high" && whyClosed(exercise, context)?.why === "blocked";
  const how = kept == null || unread || unknown ? null : closed ? "over" : howToResume(kept, exercise, clock(), rewritten ?? null);
  const goOn = (): void => {
    if (kept != null && exercise !== undefined) onPlay({ ...playingOf(kept, exercise, setting?.openOnly === true), scene, rewritten });
  };
  const startOver = async (): Promise<void> => {
    if (kept != null) await putAway(kept, exercise, "left");
    route(`/practise/${id}`, true);
  };
  const over = (): void => void startOver().catch(console.error);
  useEffect(() => {
    if (kept === undefined) return;
    // Saved since: after a Stop the address still names it, and so does a page that is loaded again.
    if (kept === null) return over();
    if (how === "go-on" && !isOld(kept, clock())) goOn();
    if (how === "over") over();
    if (how !== "ground") return;
    void putAway(kept, exercise, "stopped").catch(console.error);
    onPlay(grounding());
  }, [kept, how]);
  if (kept == null || exercise === undefined) return null;
  if (how === "go-on") return <Old kept={kept} exercise={exercise} onGoOn={goOn} onOver={over} />;
  if (how !== "ask-again" || context === null) return null;
  // The page may have stood open: an hour may be over by now, and a gate may have closed.
  const onStart = (distress: number | null): void => {
    const near = howToResume(kept, exercise, clock(), rewritten ?? null) === "ask-again";
    if (near && mayStart(exercise, { ...asOfNow(context), distress, groundingOffered: true }).ok) goOn();
    else over();
  };
  return (
    <Screen title={kept.title} backTo="/">
      <p class="lead">{pt("player.resume_ask")}</p>
      <Gate exercise={exercise} context={context} always onStart={onStart} />
    </Screen>
  );
}

/** The phone's clock. Set back since the server last answered it tells nothing: then it counts as long ago. */
function clock(): number {
  const now = Date.now();
  return isSetBack(now, lastContact.peek()) ? Number.POSITIVE_INFINITY : now;
}

interface OldProps {
  kept: Kept;
  exercise: Exercise;
  onGoOn: () => void;
  onOver: () => void;
}

/** Begun more than a day ago: both ways are open. */
function Old({ kept, exercise, onGoOn, onOver }: OldProps) {
  if (!isOld(kept, clock())) return null;
  return (
    <Screen title={kept.title} backTo="/">
      <p class="lead">{pt("player.resume_old")}</p>
      <div class="stack tight">
        <button type="button" class="primary wide-button" onClick={onGoOn}>
          {pt("player.resume_step", { step: progress(exercise, kept.state).at })}
        </button>
        <button type="button" class="button wide-button" onClick={onOver}>{pt("player.resume_over")}</button>
      </div>
    </Screen>
  );
}

/** Undefined until it was read, null when there is none. */
function useKept(run: string): Kept | null | undefined {
  const [kept, setKept] = useState<Kept | null | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    void keptRun(run).catch(() => undefined).then((found) => gone || setKept(found ?? null));
    return () => {
      gone = true;
    };
  }, [run]);
  return kept;
}

function playingOf(kept: Kept, exercise: Exercise, openOnly: boolean): Playing {
  const from = taken(kept, Date.now(), openOnly);
  return { exercise, run: kept.run, assignment: kept.assignment, from, recorded: true, waits: false };
}

/** A high exercise is not gone on with alone: Back in the room, and the rest can wait. */
function grounding(): Playing {
  const exercise = shellExercises.find((one) => one.id === "back-in-the-room") as Exercise;
  return { exercise, run: newId(), assignment: null, from: start(exercise, { now: Date.now() }), recorded: false, waits: true };
}
