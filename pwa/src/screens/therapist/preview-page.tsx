// An exercise as a client plays it, in a phone on the page: the player itself, with nothing kept and nothing sent.
import "../../styles/player.css";
import "../../styles/therapist-preview.css";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { start } from "../../exercise/engine.ts";
import { Player } from "../../exercise/player.tsx";
import type { Saved } from "../../exercise/saved.ts";
import { current, type State } from "../../exercise/state.ts";
import type { Exercise } from "../../exercise/types.ts";
import { pt } from "../../exercise/words.ts";
import type { Playing } from "../../exercise/use-player.ts";
import { Trouble } from "./action.tsx";
import { isDraft, TEXT_MAX } from "./assigning.ts";
import { Desk } from "./desk.tsx";
import { Looks } from "./preview-looks.tsx";
import { type Shown, useLive } from "./preview-live.ts";
import { type Look, PreviewPhone } from "./preview-phone.tsx";
import { PreviewSteps, titleOf } from "./preview-steps.tsx";
import { carriedOver, placedAt } from "./previewing.ts";
import { own, tt } from "./words.ts";

export default function PreviewPage({ id }: { id: string }) {
  const { shown, trouble, again } = useLive(id);
  const [look, setLook] = useState<Look>("device");
  const [large, setLarge] = useState(false);
  const [told, setTold] = useState("");
  const run = useRun(shown);
  const exercise = shown?.exercise ?? null;
  const here = exercise && run.state && run.state.ended === null ? current(exercise, run.state) : null;
  const jump = (step: string): void => {
    run.jump(step);
    setTold(tt("therapist.play.at", { title: own(titleOf(exercise?.steps.find((one) => one.id === step))) }));
  };
  return (
    <Desk title={exercise?.title ?? tt("therapist.play.title")} tab={tt("therapist.play.title")} backTo={`/exercises/${id}`}>
      <p class="notice">{tt("therapist.play.nothing")}{shown?.live ? ` ${tt("therapist.play.live")}` : ""}</p>
      {exercise && isDraft({ access: exercise.access, approved: shown?.approved === true }) && <p class="muted">{pt("player.start.draft")}</p>}
      <Trouble text={trouble} again={again} />
      {shown?.notes.map((note) => <p key={note} class="notice warm">{note}</p>)}
      <div class="preview">
        <div class="stack">
          <PreviewPhone look={look} large={large} onLink={() => setTold(tt("therapist.play.link"))}>
            {shown && <OnPhone shown={shown} run={run} />}
          </PreviewPhone>
          <p class="small preview-told" role="status">{told}</p>
        </div>
        <div class="stack loose">
          <div class="preview-set">
            <Looks look={look} large={large} onLook={setLook} onLarge={setLarge} />
            <button type="button" class="button" disabled={exercise === null} onClick={run.again}>{tt("therapist.play.again")}</button>
          </div>
          {exercise && <PreviewSteps exercise={exercise} here={here?.id ?? null} onJump={jump} />}
        </div>
      </div>
    </Desk>
  );
}

interface Run {
  /** Another one at each jump: the player then begins anew, where `playing` says. */
  round: number;
  playing: Playing | null;
  /** Where it stands. */
  state: State | null;
  end: (state: State) => void;
  jump: (step: string) => void;
  again: () => void;
}

/** One run of the exercise that is shown. It goes on at the same step when the exercise changes. */
function useRun(shown: Shown | null): Run {
  const exercise = shown?.exercise ?? null;
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
    from(exercise, kept ?? start(exercise, { now: Date.now() }));
  }, [shown?.tag]);
  const jump = (step: string): void => {
    if (exercise && before.current) from(exercise, placedAt(before.current.state, step, Date.now()));
  };
  return { ...run, state, jump, end: watch, again: () => exercise && from(exercise, start(exercise, { now: Date.now() })) };
}

/** What is in the phone: the player, the end, or why there is nothing to play. */
function OnPhone({ shown, run }: { shown: Shown; run: Run }) {
  if (shown.exercise === null) return <Problems problems={shown.problems} />;
  const { playing, state } = run;
  if (playing === null || playing.exercise !== shown.exercise) return null;
  if (state?.ended) return <Over state={state} again={run.again} />;
  return <Player key={run.round} playing={playing} saved={SAMPLE} onEnd={run.end} onLeave={() => run.end(left(state ?? playing.from))} />;
}

/** In the place of what client and therapist write together. */
const SAMPLE: Saved = {
  texts: Object.fromEntries(["agreed_scene", ...Object.keys(TEXT_MAX)].map((name) => [name, tt("therapist.play.scene")])),
  plans: {}, scenes: [],
};

function left(state: State): State {
  return { ...state, ended: { how: "left", at: Date.now(), then: "end", step: state.path.at(-1) ?? "" } };
}

function Problems({ problems }: { problems: string[] }) {
  return (
    <main class="main preview-page">
      <h1>{tt("therapist.play.problems", { n: problems.length })}</h1>
      <ul class="stack desk-list">{problems.map((problem) => <li key={problem}>{problem}</li>)}</ul>
      <p class="muted small">{tt("therapist.play.meanwhile")}</p>
    </main>
  );
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
