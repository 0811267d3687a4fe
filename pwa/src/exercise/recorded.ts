// One recording at a time, on the phone's own player: it goes on under a locked screen, and the buttons of headphones and of
// the lock screen work. The lock screen shows no title of an exercise.
import { signal } from "@preact/signals";
import { pt } from "./words.ts";

/** What the person does outside of the page. */
export interface Outside {
  onPause: () => void;
  onPlay: () => void;
  onStop: () => void;
}

/** A recording is still to be heard to its end. */
export const sounding = signal(false);

let audio: HTMLAudioElement | undefined;
let address = "";
let timer: ReturnType<typeof setTimeout> | undefined;
let ended: () => void = () => undefined;
let outside: Outside | null = null;
let held = false;
/** It plays, as far as we know; a pause that we did not ask for is someone else's. */
let running = false;

/** Plays a sound from its beginning, after so many milliseconds; what played before ends. `onEnd` is called at its end. */
export function play(sound: Blob, by: Outside, onEnd: () => void = () => undefined, after = 0): void {
  end();
  address = URL.createObjectURL(sound);
  ended = onEnd;
  outside = by;
  held = false;
  sounding.value = true;
  const player = thePlayer();
  player.src = address;
  tellSystem(by);
  timer = setTimeout(begin, after);
}

/** Silence, now; `goOn` goes on from here. */
export function hold(): void {
  held = true;
  running = false;
  clearTimeout(timer);
  audio?.pause();
}

/** Goes on where it was held. */
export function goOn(): void {
  if (!held || !sounding.peek()) return;
  held = false;
  begin();
}

/** Silence, now, and for good. */
export function end(): void {
  clearTimeout(timer);
  const had = address;
  address = "";
  held = true;
  running = false;
  ended = () => undefined;
  outside = null;
  sounding.value = false;
  if (had === "") return;
  audio?.pause();
  audio?.removeAttribute("src");
  URL.revokeObjectURL(had);
  tellSystem(null);
}

function begin(): void {
  running = true;
  audio?.play().catch(finish); // a browser that allows no sound: the words are on the screen
}

function finish(): void {
  const tell = ended;
  end();
  tell();
}

/** The same element for all: phones that asked for a tap first let it play from then on. */
function thePlayer(): HTMLAudioElement {
  if (audio !== undefined) return audio;
  audio = new Audio();
  audio.onended = finish;
  audio.onerror = () => {
    if (address !== "") finish();
  };
  // Headphones taken off, a call, another app: the system has paused it.
  audio.onpause = () => {
    if (running && audio?.paused === true && !audio.ended) outside?.onPause();
  };
  return audio;
}

function tellSystem(by: Outside | null): void {
  const { mediaSession } = navigator;
  if (mediaSession === undefined) return;
  mediaSession.metadata = by === null ? null : new MediaMetadata({ title: pt("player.recording.lock"), artist: "Midweek" });
  mediaSession.setActionHandler("pause", by?.onPause ?? null);
  mediaSession.setActionHandler("play", by?.onPlay ?? null);
  try {
    mediaSession.setActionHandler("stop", by?.onStop ?? null);
  } catch {
    // Not every browser knows of it.
  }
}
