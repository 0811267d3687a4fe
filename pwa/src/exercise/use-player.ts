// One run on screen: its state, the clock that moves it on, and the draft that is written at every change.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type Event, play } from "./engine.ts";
import { markUse } from "./finish.ts";
import { keep } from "./kept-runs.ts";
import { wentIn } from "./record.ts";
import type { State } from "./state.ts";
import { end as endRecorded } from "./recorded.ts";
import { endTone } from "./senses.ts";
import { dueAfter } from "./timing.ts";
import type { Exercise } from "./types.ts";
import { afterWords, useWordsTook } from "./use-narration.ts";
import { cardB } from "../safety/card-b.ts";
import { hush } from "./voice.ts";

/** A run to play. */
export interface Playing {
  exercise: Exercise;
  /** Its id: that of the record it will be. */
  run: string;
  assignment: string | null;
  /** The scene it was agreed on for, and when its texts were last changed, as it begins: what is changed later is for the next run. */
  scene?: string | undefined;
  rewritten?: number | undefined;
  /** Where it begins. */
  from: State;
  /** Back in the room after a Stop leaves no trace. */
  recorded: boolean;
  /** Ended by a hard limit before: it is said that this can wait for the session. */
  waits: boolean;
  /** In a preview: told of each state. Nothing at all is kept of it then. */
  watch?: (state: State) => void;
}

export type Send = (event: Event) => void;

/** The state of a run, the same as its screen is to show it, and how to send it events. `onEnd` is called at the event that
 *  ends it, before anything is drawn. */
export function usePlayer(playing: Playing, onEnd: (state: State) => void): { state: State; shown: State; send: Send } {
  const [state, setState] = useState(playing.from);
  const latest = useRef(playing.from);
  const ended = useRef(onEnd);
  ended.current = onEnd;
  const send = useCallback<Send>((event) => {
    const before = latest.current;
    const next = play(playing.exercise, before, event, Date.now());
    if (next === before) return;
    latest.current = next;
    if (next.ended !== null || next.path.length !== before.path.length || next.part !== before.part) hush();
    if (next.ended !== null) {
      endTone();
      endRecorded();
    }
    if (playing.recorded) keepRun(playing, next);
    const locks = playing.recorded && isPastGate(playing.exercise, before, next) ? markUse(playing, next, Date.now()).catch(console.error) : null;
    playing.watch?.(next);
    if (!playing.watch && next.card_b_at !== null && next.card_b_at !== before.card_b_at) void cardB.set(next.card_b_at).catch(console.error);
    if (next.ended !== null) ended.current(next);
    else if (locks === null) setState(next);
    // The lock is on the phone before the step is on the screen: an app that is killed there keeps it. Stop waits for nothing.
    else void locks.then(() => {
      if (latest.current.ended === null) setState(latest.current);
    });
  }, [playing]);
  const took = useWordsTook(state);
  useClock(playing.exercise, state, took, send);
  useHidden(send);
  useEffect(() => {
    if (playing.recorded) keepRun(playing, latest.current);
    return hush;
  }, [playing]);
  return { state, shown: afterWords(state, took), send };
}

function keepRun({ exercise, run, assignment, rewritten }: Playing, state: State): void {
  keep({ run, title: exercise.title, intensity: exercise.intensity, assignment, ...(rewritten !== undefined && { rewritten }), state, at: Date.now() });
}

function isPastGate(exercise: Exercise, before: State, next: State): boolean {
  return exercise.intensity === "high" && !wentIn(exercise, before) && wentIn(exercise, next);
}

/** Tells the run when its page is hidden, and when it is in front again. */
function useHidden(send: Send): void {
  useEffect(() => {
    const turn = (): void => send({ type: document.visibilityState === "hidden" ? "hide" : "show" });
    document.addEventListener("visibilitychange", turn);
    return () => document.removeEventListener("visibilitychange", turn);
  }, [send]);
}

const LOOK = 250;

/** Time passes only where a step moves on by itself, and not before its words were heard (`took`): what is read aloud is
 *  never passed over. */
function useClock(exercise: Exercise, state: State, took: number, send: Send): void {
  const due = dueAfter(exercise, state, took);
  const type = took > 0 ? "next" : "tick";
  useEffect(() => {
    if (due === null) return;
    const look = (): void => {
      if (Date.now() >= due) send({ type });
    };
    const timer = setInterval(look, LOOK);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [due, type, send]);
}
