// One run in the phone of a preview: the player itself, with nothing kept and nothing sent.
import "../../styles/player.css";
import "../../styles/therapist-preview.css";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { start } from "../../exercise/engine.ts";
import { Player } from "../../exercise/player.tsx";
import type { Saved } from "../../exercise/saved.ts";
import type { State } from "../../exercise/state.ts";
import type { Exercise } from "../../exercise/types.ts";
import type { Playing } from "../../exercise/use-player.ts";
import { carriedOver, placedAt } from "./previewing.ts";
import { tt } from "./words.ts";

export interface Run {
  /** Another one at each jump: the player then begins anew, where `playing` says. */
  round: number;
  playing: Playing | null;
  /** Where it stands. */
  state: State | null;
  end: (state: State) => void;
  jump: (step: string) => void;
  again: () => void;
}

/** One run of the exercise that is shown, as `begin` starts it. It goes on at the same step when the exercise changes. */
export function useRun(exercise: Exercise | null, tag: string | undefined, begin: (of: Exercise) => State = fresh): Run {
  const before = useRef<{ exercise: Exercise; state: State } | null>(null);
  const [run, setRun] = useState<Pick<Run, "round" | "playing">>({ round: 0, playing: null });
  const [state, setState] = useState<State | null>(null);
  const watch = useCallback((next: State) => {
    if (before.current) before.current = { ...before.current, state: next };
    setState(next);
  }, []);
  const from = (of: Exercise, at: State): void => {
    before.current = { exercise: of, state: at };
    setState(at);
    setRun(({ round }) => ({ round: round + 1, playing: { exercise: of, run: "", assignment: null, from: at, recorded: false, waits: false, watch } }));
  };
  useEffect(() => {
    if (exercise === null) return;
    const kept = before.current && carriedOver(before.current.state, before.current.exercise, exercise, Date.now());
    from(exercise, kept ?? begin(exercise));
  }, [tag]);
  const jump = (step: string): void => {
    if (exercise && before.current) from(exercise, placedAt(before.current.state, step, Date.now()));
  };
  return { ...run, state, jump, end: watch, again: () => exercise && from(exercise, begin(exercise)) };
}

/** What is in the phone: the player, or the end. */
export function OnPhone({ exercise, saved, run }: { exercise: Exercise; saved: Saved; run: Run }) {
  const { playing, state } = run;
  if (playing === null || playing.exercise !== exercise) return null;
  if (state?.ended) return <Over state={state} again={run.again} />;
  return <Player key={run.round} playing={playing} saved={saved} onEnd={run.end} onLeave={() => run.end(left(state ?? playing.from))} />;
}

function fresh(exercise: Exercise): State {
  return start(exercise, { now: Date.now() });
}

function left(state: State): State {
  return { ...state, ended: { how: "left", at: Date.now(), then: "end", step: state.path.at(-1) ?? "" } };
}

/** How it ended, and what a client would see now. */
function Over({ state: { ended }, again }: { state: State; again: () => void }) {
  if (ended === null) return null;
  const then = ended.then.startsWith("exercise:") ? "exercise" : (ended.then as "end" | "ground" | "help" | "again");
  return (
    <main class="main preview-page">
      <h1>{tt(`therapist.play.${ended.how}`)}</h1>
      <p class="lead">{tt(`therapist.play.then_${then}`)}{ended.waits ? ` ${tt("therapist.play.waits")}` : ""}</p>
      <button type="button" class="primary wide-button" onClick={again}>{tt("therapist.play.again")}</button>
    </main>
  );
}
