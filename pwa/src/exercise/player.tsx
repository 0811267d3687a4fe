// The exercise player: one instruction at a time, and Stop in the same place on every step.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { FullNotice } from "../app/full-notice.tsx";
import { HideButton } from "../app/hidden.tsx";
import { HelpLink } from "../app/shell.tsx";
import { t } from "../app/words.ts";
import { me } from "../data/session.ts";
import { st } from "../safety/words.ts";
import { vocabulary } from "../pair/vocabulary.ts";
import { Icon } from "../ui/icon.tsx";
import { announce, announced } from "./announce.ts";
import { BetweenView, betweenWords } from "./between.tsx";
import { pageOf, useClosedEyes } from "./closed-eyes.ts";
import { isOpen, mayGoBack, maySkip } from "./engine.ts";
import { headingOf } from "./heading.ts";
import { Sign } from "./icons.tsx";
import type { Saved } from "./saved.ts";
import { stayAwake } from "./senses.ts";
import { current, isClosed, type State, waitsForAnswer } from "./state.ts";
import { StepView } from "./step-view.tsx";
import { movesOn, quietSeconds, SHORT } from "./timing.ts";
import type { Step } from "./types.ts";
import { type Listen, placeIn, useNarration } from "./use-narration.ts";
import { type Playing, type Send, usePlayer } from "./use-player.ts";
import { VoiceForClosedEyes } from "./voice-choice.tsx";
import { progress } from "./way.ts";
import { pt } from "./words.ts";

export interface PlayerProps {
  playing: Playing;
  /** Things saved before. */
  saved: Saved;
  onEnd: (state: State) => void;
  /** To Today, with the place kept. */
  onLeave: () => void;
}

export function Player({ playing, saved, onEnd, onLeave }: PlayerProps) {
  const { exercise } = playing;
  const { state, shown, send } = usePlayer(playing, onEnd);
  const step = current(exercise, state);
  const closed = isClosed(exercise, state);
  const words = state.between === null ? headingOf(step, state) : betweenWords(state.between, step);
  const heading = useHeading(state, exercise.title);
  const listen = useNarration(playing, state, send, heading);
  useClosedEyes(closed, () => send({ type: "stop" }), heading);
  useEffect(stayAwake, []);
  useKeyboardInset();
  return (
    <div class="player" data-theme={closed ? "night" : undefined} data-closed={closed}>
      <div class="player-column">
        <Top onLeave={onLeave} at={progress(exercise, state)} listen={listen} title={exercise.title}
          always={exercise.access === "always"} />
        <main id="main" class="player-main">
          <div class="player-step" key={placeIn(state)}>
            <h1 ref={heading} class="player-text" tabIndex={-1} dir="auto">{words.title}</h1>
            {words.text !== "" && words.text.split("\n\n").map((one, at) => <p key={at} class="lead" dir="auto">{one}</p>)}
            {!closed && <FullNotice />}
            {state.between !== null ? <BetweenView between={state.between} send={send} /> : (
              <StepView exercise={exercise} step={step} state={shown} send={send} label={words.title} saved={saved}
                vocabulary={vocabulary.value} recorded={playing.recorded} waits={playing.waits} />
            )}
            {step.type === "choice" && step.sets === "eyes" && <VoiceForClosedEyes picked={state.answers[step.id]} can={listen.can} />}
            {closed && <ClosedHint playing={playing} state={state} listen={listen} />}
          </div>
        </main>
        <p class="visually-hidden" role="status">{announced.value}</p>
        <Ways playing={playing} state={state} send={send} listen={listen} />
        <div class="player-stop">
          <button type="button" class="stop" onClick={() => send({ type: "stop" })}>
            <Sign name="stop" />
            {pt("player.stop")}
          </button>
        </div>
      </div>
    </div>
  );
}

/** What closed eyes have to know, told once; after that only how to stop, and that is not said aloud each time. */
function ClosedHint({ playing: { exercise }, state, listen }: { playing: Playing; state: State; listen: Listen }) {
  const stop = pt("player.closed.stop");
  const known = isClosed(exercise, { ...state, path: state.path.slice(0, -1) }) || !movesOn(exercise, state);
  if (state.paused_at !== null || known) return <p class="muted" data-unspoken>{state.paused_at === null ? stop : pt("player.paused")}</p>;
  return <p class="muted">{pt(listen.led ? "player.closed.led" : listen.on ? "player.closed.hint" : "player.closed.no_voice")} {stop}</p>;
}

interface TopProps {
  onLeave: () => void;
  at: { at: number; of: number };
  listen: Listen;
  title: string;
  /** Where every Stop lands: the plan is one tap away. */
  always: boolean;
}

function Top({ onLeave, at, listen, title, always }: TopProps) {
  const bar = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => bar.current?.style.setProperty("--part", String(at.at / at.of)), [at.at, at.of]);
  return (
    <header class="player-top">
      <div class="row spread">
        <button type="button" class="quiet leave" onClick={onLeave}>
          <Icon name="close" />
          <span class="leave-words">{pt("player.leave")}</span>
        </button>
        <HelpLink />
      </div>
      <div class="row spread">
        <p class="player-progress">
          <span class="visually-hidden">{title}. </span>
          {pt("player.progress", { at: at.at, of: at.of })}
        </p>
        <HideButton />
        {always && me.value?.role === "client" && <a class="quiet" href="/safety-plan">{st("safety.plan.title")}</a>}
        {listen.can && (
          <button type="button" class="quiet" aria-pressed={listen.on} onClick={listen.toggle}>
            <Sign name={listen.on ? "voice" : "quiet"} />
            {pt("player.listen")}
          </button>
        )}
      </div>
      <span class="player-bar" aria-hidden="true"><span class="player-bar-fill" ref={bar} /></span>
    </header>
  );
}

/** Back, Pause where time runs or a voice reads, and on. Where a screen has its own ways on, only Back. */
function Ways({ playing, state, send, listen }: { playing: Playing; state: State; send: Send; listen: Listen }) {
  const { exercise } = playing;
  const step = current(exercise, state);
  const paused = state.paused_at !== null;
  const between = state.between !== null;
  const ownWays = between || step.type === "close" || step.type === "branch" || step.type === "support";
  const runs = quietSeconds(step) >= SHORT || (step.type === "breathe" && !waitsForAnswer(exercise, state)) || movesOn(exercise, state);
  const timed = listen.on || paused || (!between && runs);
  return (
    <div class="player-ways">
      <Way shown={mayGoBack(state)} label={pt("player.back")} onClick={() => send({ type: "back" })}><Icon name="back" turns /></Way>
      <Way shown={timed} label={pt(paused ? "player.resume" : "player.pause")}
        onClick={() => {
          announce(pt(paused ? "player.resumed" : "player.paused"));
          send({ type: paused ? "resume" : "pause" });
        }}>
        <Sign name={paused ? "play" : "pause"} />
      </Way>
      {!ownWays && <On exercise={exercise} step={step} state={state} send={send} />}
    </div>
  );
}

function Way({ shown, label, onClick, children }: { shown: boolean; label: string; onClick: () => void; children: ComponentChildren }) {
  if (!shown) return null;
  return <button type="button" class="quiet way" onClick={onClick}>{children}{label}</button>;
}

/** One button on: Next, or Skip where a question may stay open. */
function On({ exercise, step, state, send }: { exercise: Playing["exercise"]; step: Step; state: State; send: Send }) {
  const open = isOpen(exercise, state);
  const skips = open && maySkip(exercise, state);
  const waits = open && !skips && step.type !== "checklist";
  return (
    <button type="button" class={skips ? "button on" : "primary on"} disabled={waits}
      onClick={() => send({ type: skips ? "skip" : "next" })}>
      {pt(skips ? "player.skip" : "player.next")}
    </button>
  );
}

/** The focus goes to the words of each new step, so that a screen reader reads them; the page is at its top. */
function useHeading(state: State, title: string): { current: HTMLHeadingElement | null } {
  const heading = useRef<HTMLHeadingElement>(null);
  const at = placeIn(state);
  useEffect(() => {
    pageOf(heading).title = `${title} · ${t("foundation.name")}`;
  }, [title]);
  useLayoutEffect(() => {
    const page = pageOf(heading);
    announce("");
    page.defaultView?.scrollTo(0, 0);
    // A preview's frame does not take the focus from the page around it.
    if (page === document || page.hasFocus()) heading.current?.focus({ preventScroll: true });
  }, [at]);
  return heading;
}

/** Lifts Stop above an on-screen keyboard that covers the page. */
function useKeyboardInset(): void {
  useEffect(() => {
    const view = globalThis.visualViewport;
    if (!view) return;
    const fit = (): void => {
      const covered = Math.max(0, globalThis.innerHeight - view.height - view.offsetTop);
      document.documentElement.style.setProperty("--covered", `${view.scale === 1 ? covered : 0}px`);
    };
    view.addEventListener("resize", fit);
    view.addEventListener("scroll", fit);
    return () => {
      view.removeEventListener("resize", fit);
      view.removeEventListener("scroll", fit);
      document.documentElement.style.removeProperty("--covered");
    };
  }, []);
}
