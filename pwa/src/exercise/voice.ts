// Reads a step aloud with a voice that lives on this phone: nothing is sent anywhere. Sentence by sentence, so that it
// ends at once.
import { signal } from "@preact/signals";
import { locale } from "../app/words.ts";

const synth: SpeechSynthesis | undefined = globalThis.speechSynthesis;
const sentences = new Intl.Segmenter(locale, { granularity: "sentence" });
const PACE = 0.9;

/** The voice to read with, or null where this phone has none that works without a network. */
export const voice = signal<SpeechSynthesisVoice | null>(null);
export const isSpeaking = signal(false);

let queue: string[] = [];

/** Looks for a voice; phones name theirs some time after the start. */
export function findVoice(): () => void {
  const look = (): void => {
    const voices = synth?.getVoices() ?? [];
    voice.value = voices.find((one) => one.localService && one.lang.toLowerCase().startsWith(locale)) ?? null;
  };
  look();
  synth?.addEventListener?.("voiceschanged", look);
  return () => synth?.removeEventListener?.("voiceschanged", look);
}

/** Reads `text` from the start; what was being read ends. */
export function read(text: string): void {
  hush();
  queue = [...sentences.segment(text)].map(({ segment }) => segment.trim()).filter((one) => one !== "");
  sayNext();
}

/** Silence, now. */
export function hush(): void {
  queue = [];
  isSpeaking.value = false;
  synth?.cancel();
}

function sayNext(): void {
  const sentence = queue.shift();
  isSpeaking.value = sentence !== undefined && voice.value !== null;
  if (sentence === undefined || voice.value === null || synth === undefined) return;
  const said = new SpeechSynthesisUtterance(sentence);
  said.voice = voice.value;
  said.lang = voice.value.lang;
  said.rate = PACE;
  said.onend = sayNext;
  said.onerror = sayNext;
  synth.speak(said);
}
