// The sound of a run: a recording or a voice that reads each screen, the tones that mark its parts, and silence the moment
// it is asked for.
import { effect, signal, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { announce, announced } from "./announce.ts";
import { pageOf, type Within } from "./closed-eyes.ts";
import { partOf } from "./engine.ts";
import { chosen, choose, cueAt, isOn, mannerOf, narration, type Part } from "./narration.ts";
import * as recorded from "./recorded.ts";
import { wordsOn } from "./screen-words.ts";
import { buzz, tone } from "./senses.ts";
import { current, elapsed, isClosed, type State } from "./state.ts";
import type { Exercise } from "./types.ts";
import type { Playing, Send } from "./use-player.ts";
import { type Sounds, useSounds } from "./use-recorded.ts";
import { goOn, hold, hush, type Manner, mention, read, unheard, voices, watchVoices } from "./voice.ts";
import { pt } from "./words.ts";

/** Milliseconds of a tone before the voice begins. */
const TONE = 1_400;

export interface Listen {
  /** Words are read aloud now. */
  on: boolean;
  /** There is something to listen to: a voice of this phone, or a recording. */
  can: boolean;
  /** A recording of the whole exercise leads: screens are turned by hand. */
  led: boolean;
  toggle: () => void;
}

/** Who reads what is on screen: a recording of the whole exercise, one of this step, or else a voice; null for nobody. */
interface Reader {
  whole: Blob | undefined;
  own: Blob | undefined;
  manner: Manner | null;
}

/** While a recording of the whole exercise leads, no screen moves on by itself. */
const led = signal(false);

/** A name for what is on screen: another one at each new step, part of a step, and small screen in between. */
export function placeIn(state: State): string {
  return [state.path.length, state.path.at(-1), partOf(state), state.between?.kind].join(" ");
}

/** Reads each new screen of the page of `within` aloud where that was chosen, and plays the tones. */
export function useNarration({ exercise, watch }: Playing, state: State, send: Send, within: Within): Listen {
  const closed = isClosed(exercise, state);
  const sounds = useSounds(exercise, watch !== undefined);
  const reader = readerOf(exercise, state, sounds);
  const can = reader.manner !== null || (sounds?.size ?? 0) > 0;
  const on = can && (reader.whole === undefined ? isOn(chosen(), closed) : chosen().when !== "off");
  const outside = useMemo(() => outsideOf(send), [send]);
  useLayoutEffect(watchVoices, []);
  useEffect(() => void narration.load(), []);
  const lead = useCues(exercise, state, on && (reader.whole ?? reader.own ?? reader.manner) != null);
  useWhole(reader.whole, on, outside);
  useScreen(reader, on && sounds !== undefined && reader.whole === undefined, state, lead, outside, within);
  useHolding(state.paused_at !== null, state.between !== null, on);
  useGone(on, outside.onPause);
  const toggle = (): void => void choose({ when: on ? "off" : "on" }).catch(console.error);
  return { on, can, led: on && reader.whole !== undefined, toggle };
}

function readerOf(exercise: Exercise, state: State, sounds: Sounds | undefined): Reader {
  const isStep = state.between === null && partOf(state) === 0;
  const own = isStep ? sounds?.get(current(exercise, state).id) : undefined;
  return { whole: sounds?.get(""), own, manner: mannerOf(chosen(), voices.value) };
}

function outsideOf(send: Send): recorded.Outside {
  return {
    onPause: () => send({ type: "pause" }),
    onPlay: () => send({ type: "resume" }),
    onStop: () => send({ type: "stop" }),
  };
}

/** Plays the tone of each new part, and tells how long the voice waits for it. */
function useCues(exercise: Exercise, state: State, voiced: boolean): { current: number } {
  const closed = isClosed(exercise, state);
  const before = useRef<Part | null>(null);
  const lead = useRef(0);
  useLayoutEffect(() => {
    const part = { step: current(exercise, state), closed };
    const cue = led.peek() ? null : cueAt(before.current, part, voiced);
    before.current = part;
    if (closed) buzz();
    if (cue !== null) tone(cue === "end");
    lead.current = cue === null ? 0 : TONE;
  }, [placeIn(state), closed]);
  return lead;
}

/** The recording of the whole exercise: it begins once, goes on from screen to screen, and its end is heard. */
function useWhole(whole: Blob | undefined, on: boolean, outside: recorded.Outside): void {
  const begun = useRef(false);
  useLayoutEffect(() => {
    if (whole === undefined) return;
    led.value = on;
    if (!on) return recorded.hold();
    if (begun.current) return recorded.goOn();
    begun.current = true;
    recorded.play(whole, outside, () => {
      tone(true);
      announce(pt("player.recording.over"));
    });
  }, [whole, on]);
  useLayoutEffect(() => () => {
    led.value = false;
    recorded.end();
  }, []);
}

/** What is on screen, read by its own recording or by the voice, while `on`. */
function useScreen(
  { own, manner }: Reader, on: boolean, state: State, lead: { current: number }, outside: recorded.Outside, within: Within,
): void {
  const paused = state.paused_at !== null;
  const hidden = (): boolean => document.visibilityState === "hidden";
  useLayoutEffect(() => {
    const screen = pageOf(within).querySelector(".player-step");
    if (!on || screen === null) return;
    if (own !== undefined) recorded.play(own, outside, undefined, lead.current);
    else if (manner !== null) read(wordsOn(screen), manner, lead.current);
    lead.current = 0;
    if (paused) recorded.hold();
    if (paused || hidden()) hold();
    return () => {
      hush();
      recorded.end();
    };
  }, [placeIn(state), on, own, own === undefined ? manner?.voice : null, own === undefined ? manner?.pace : null]);
  useSignalEffect(() => {
    const words = announced.value;
    if (on && own === undefined && manner !== null && !paused && words !== "" && !hidden()) mention(words, manner);
  });
}

/** Nothing is heard during a pause; after it, it goes on where it was. A voice is silent too while nobody sees the page, and
 *  a recording on a small screen in between. */
function useHolding(paused: boolean, between: boolean, on: boolean): void {
  useLayoutEffect(() => {
    const look = (): void => (paused || document.visibilityState === "hidden" ? hold() : goOn());
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [paused]);
  useLayoutEffect(() => {
    if (paused || (between && led.peek())) recorded.hold();
    else if (on) recorded.goOn();
  }, [paused, between, on]);
}

/** Other headphones, or none: what was for one person's ears is not to be heard by the room. */
function useGone(on: boolean, onGone: () => void): void {
  const gone = useRef(onGone);
  gone.current = onGone;
  useEffect(() => {
    const devices = on ? navigator.mediaDevices : undefined;
    const told = (): void => gone.current();
    devices?.addEventListener?.("devicechange", told);
    return () => devices?.removeEventListener?.("devicechange", told);
  }, [on]);
}

/**
 * How long the reading of the present screen took, in milliseconds of its clock: Infinity while it is read, 0 where it is
 * not. Silences are counted from there.
 */
export function useWordsTook(state: State): number {
  const latest = useRef(state);
  latest.current = state;
  const [took, setTook] = useState(0);
  useLayoutEffect(() => effect(() => {
    const reading = unheard.value || recorded.sounding.value || led.value;
    setTook((before) => (reading ? Number.POSITIVE_INFINITY : before === Number.POSITIVE_INFINITY ? elapsed(latest.current, Date.now()) : 0));
  }), [placeIn(state)]);
  return took;
}

/** The state as a screen is to see it: its clock begins once the words were heard. */
export function afterWords(state: State, took: number): State {
  if (took === 0) return state;
  return took === Number.POSITIVE_INFINITY ? { ...state, entered_at: took } : { ...state, paused_ms: state.paused_ms + took };
}
