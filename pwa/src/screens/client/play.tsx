// The player's screen: the gate, the run, and where a run leads when it ends.
import { useLocation, useRoute } from "preact-iso/router";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { NotFound } from "../../app/not-found.tsx";
import { Screen } from "../../app/shell.tsx";
import { newId } from "../../data/ids.ts";
import { useRecords } from "../../data/journal.ts";
import { exerciseOf, library, shellExercises } from "../../data/library.ts";
import { me } from "../../data/session.ts";
import type { Card, Scene } from "../../data/types.ts";
import { exerciseFor, useAssignment, useSetting } from "../../exercise/context.ts";
import { type Start, start } from "../../exercise/engine.ts";
import { Ended } from "../../exercise/ended.tsx";
import { finish, putAwayOthers } from "../../exercise/finish.ts";
import { isKeptClosed, type Kept, type LiveAssignment } from "../../exercise/gates.ts";
import { type Handover, taken } from "../../exercise/handover.ts";
import { Player } from "../../exercise/player.tsx";
import { type Saved, savedFrom } from "../../exercise/saved.ts";
import { TakeUp } from "../../exercise/take-up.tsx";
import { StartGate } from "../../exercise/start-gate.tsx";
import type { State } from "../../exercise/state.ts";
import type { Exercise } from "../../exercise/types.ts";
import type { Playing } from "../../exercise/use-player.ts";
import { cardB } from "../../safety/card-b.ts";
import "../../styles/player.css";

const GROUNDING = "back-in-the-room";

void cardB.load();

export default function Play() {
  const { params } = useRoute();
  const { query, url } = useLocation();
  const id = params["id"] ?? "";
  const always = shellExercises.find((exercise) => exercise.id === id && exercise.access === "always");
  if (always !== undefined && query["run"] === undefined) return <Always key={url} exercise={always} />;
  return <Gated key={url} id={id} run={query["run"]} />;
}

/** Grounding needs no login, no store and no gate. It is noted down only when it was started as an exercise. */
function Always({ exercise }: { exercise: Exercise }) {
  const [first] = useState(() => {
    const handed = taken(exercise.id, Date.now());
    return { ...fresh(exercise, null, { length: handed?.length }), assignment: handed?.assignment ?? null, recorded: handed !== null && isClient() };
  });
  return <Session first={first} />;
}

/** Everything else waits for the journal, and for its gate. */
function Gated({ id, run }: { id: string; run: string | undefined }) {
  const assignment = useAssignment(id);
  const setting = useSetting();
  const [handed] = useState(() => taken(id, Date.now()));
  const [first, setFirst] = useState<Playing | null>(null);
  const exercise = exerciseFor(id, assignment);
  const begin = (of: Exercise, { distress, length }: Handover): void =>
    setFirst({ ...fresh(of, assignment ?? null, { distress, length, ...setting }), recorded: isClient() });
  useLayoutEffect(() => {
    if (first === null && handed !== null && assignment !== undefined && setting !== null && exercise !== undefined) begin(exercise, handed);
  });
  if (first !== null) return <Session first={first} />;
  if (assignment === undefined || setting === null || handed !== null) return null;
  if (run !== undefined) return <TakeUp id={id} run={run} exercise={exercise} assignment={assignment} onPlay={setFirst} />;
  if (exercise === undefined) return library.value === null ? null : <NotFound />;
  return (
    <Screen title={exercise.title} backTo="/practise">
      <StartGate exercise={exercise} assignment={assignment} onStart={(start) => begin(exercise, start)} />
    </Screen>
  );
}

function isClient(): boolean {
  return me.peek()?.role === "client";
}

/** A run from its first step, which leaves no trace yet. */
function fresh(exercise: Exercise, assignment: LiveAssignment | null = null, chosen: Pick<Start, "distress" | "length" | "blocks" | "openOnly"> = {}): Playing {
  const limit = assignment?.body.distress_limit ?? null;
  const from = start(exercise, { now: Date.now(), limit, cardBAt: cardB.value.peek() ?? null, ...chosen });
  const { scene, rewritten_at: rewritten } = assignment?.body ?? {};
  return { exercise, run: newId(), assignment: assignment?.id ?? null, scene, rewritten, from, recorded: false, waits: false };
}

type Stage = { at: "play"; playing: Playing } | { at: "ended"; playing: Playing; state: State };

/** One run after another: a Stop opens Back in the room at once, and a goodbye leads where it says. */
function Session({ first }: { first: Playing }) {
  const { route } = useLocation();
  const [stage, setStage] = useState<Stage>({ at: "play", playing: first });
  const saved = useSaved(first);
  const setting = useSetting();
  const { playing } = stage;
  useEffect(() => {
    if (playing.recorded) void putAwayOthers(playing).catch(console.error);
  }, [playing.run]);
  const toPlay = (next: Playing): void => setStage({ at: "play", playing: next });
  const end = (state: State): void => {
    const waits = playing.waits || state.ended?.waits === true;
    const next = nextOf({ ...playing, waits }, state, setting ?? {});
    const shown = playing.recorded && next === "end" && state.ended?.how === "finished";
    // The last screen saves, and says so. Everything else is saved behind what comes next: after a Stop the first words
    // come first. Cut off before that, it is saved at the next start (see unfinishedRun).
    if (playing.recorded && !shown) setTimeout(() => void finish(playing, state).catch(console.error));
    if (typeof next !== "string") return toPlay(next);
    if (next === "help") return route("/help");
    if (next.startsWith("/")) return route(next);
    if (shown || waits) return setStage({ at: "ended", playing: { ...playing, waits }, state });
    route("/");
  };
  if (stage.at === "ended") return <Ended playing={playing} state={stage.state} />;
  return <Player key={playing.run} playing={playing} saved={saved} onEnd={end} onLeave={() => route("/")} />;
}

/** What follows on a run that has ended: another run, a start page with its gate, the page of help, or the end. */
function nextOf(playing: Playing, state: State, kept: Kept): Playing | "help" | "end" | `/practise/${string}` {
  const { exercise, waits } = playing;
  const { ended } = state;
  if (ended === null || ended.then === "end") return "end";
  if (ended.then === "help") return "help";
  if (ended.then === "again") return exercise.intensity === "low" ? again(playing) : `/practise/${exercise.id}`;
  if (ended.then === "ground") return exercise.id === GROUNDING ? atItsClose(playing, state) : { ...ofShell(GROUNDING), waits };
  const other = exerciseOf(ended.then.slice("exercise:".length));
  if (other === undefined) return "end";
  const open = other.intensity === "low" && (other.access === "always" || !isKeptClosed(other, kept));
  return open ? { ...fresh(other, null, { blocks: playing.from.blocks, openOnly: playing.from.open_only }), waits, recorded: isClient() } : `/practise/${other.id}`;
}

function ofShell(id: string): Playing {
  const exercise = shellExercises.find((one) => one.id === id);
  if (exercise === undefined) throw new Error(`${id} is not in the app`);
  return fresh(exercise);
}

function again(playing: Playing): Playing {
  const { limit, open_only, length, blocks } = playing.from;
  const from = start(playing.exercise, { now: Date.now(), limit, openOnly: open_only, length, blocks, cardBAt: cardB.value.peek() ?? null });
  return { ...playing, run: newId(), from };
}

/** Stop in Back in the room itself leads to its goodbye; there it ends. */
function atItsClose(playing: Playing, state: State): Playing | "end" {
  const close = playing.exercise.steps.find((step) => step.type === "close");
  if (close === undefined || state.path.at(-1) === close.id) return "end";
  const from: State = { ...state, ended: null, path: [...state.path, close.id], paused_at: null };
  return { ...playing, run: newId(), recorded: false, from };
}

/** More scenes than any exercise looks at. */
const SCENES = 12;

/** Things saved before that a step may show: what was agreed or written together for it when it began, the person's own cards and
 *  scenes. */
function useSaved({ scene, exercise }: Playing): Saved {
  const cards = useRecords<Card>({ kinds: ["card"] }) ?? [];
  const scenes = useRecords<Scene>({ kinds: ["scene"], limit: SCENES }) ?? [];
  return savedFrom(cards, scenes, scene, exercise.texts);
}
