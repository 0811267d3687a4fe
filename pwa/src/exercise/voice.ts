// Reads aloud with a voice that lives on this phone: a voice from elsewhere would send the words there. Sentence by
// sentence, so that it ends at once, goes on where it was, and no utterance is too long for its browser.
import { signal } from "@preact/signals";
import { locale } from "../app/words.ts";

/** How the reading sounds. `pace` is in words a minute. */
export interface Manner {
  voice: SpeechSynthesisVoice;
  pace: number;
}

/** The voices of this phone that need no network and speak the app's language, the nearest to the person's own first. */
export const voices = signal<readonly SpeechSynthesisVoice[]>([]);
/** Some of the words are still to be heard. */
export const unheard = signal(false);

/** A voice is not slowed below this: the pace comes from the pauses between its sentences. */
const SLOWEST = 0.85;
/** Words a minute of a voice at its own speed. */
const NATURAL = 165;
/** Longer sentences are said in parts: some browsers fall silent within long ones. */
const LONGEST = 160;

interface Reading {
  sentences: string[];
  manner: Manner;
  held: boolean;
}
let reading: Reading | null = null;
/** What is said now. Kept here, or some browsers forget the utterance and never say that it has ended. */
let saying: SpeechSynthesisUtterance | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

const synth = (): SpeechSynthesis | undefined => globalThis.speechSynthesis;

/** Looks for voices until the returned function is called; phones name theirs some time after the start. */
export function watchVoices(): () => void {
  const look = (): void => {
    voices.value = localVoices(synth()?.getVoices() ?? [], navigator.languages);
  };
  look();
  const speech = synth();
  speech?.addEventListener?.("voiceschanged", look);
  return () => speech?.removeEventListener?.("voiceschanged", look);
}

/** Of these voices those that are on the phone and speak the app's language; the person's own languages come first. */
export function localVoices(all: readonly SpeechSynthesisVoice[], languages: readonly string[]): SpeechSynthesisVoice[] {
  const tag = (lang: string): string => lang.toLowerCase().replace("_", "-");
  const own = languages.map(tag);
  const rank = ({ lang }: SpeechSynthesisVoice): number => (own.includes(tag(lang)) ? own.indexOf(tag(lang)) : own.length);
  const here = all.filter((one) => one.localService === true && tag(one.lang).split("-")[0] === locale);
  return here.sort((one, other) => rank(one) - rank(other) || Number(other.default) - Number(one.default));
}

/** Reads these words, piece by piece; what was being read ends. `after` milliseconds of silence come first. */
export function read(pieces: readonly string[], manner: Manner, after = 0): void {
  hush();
  if (synth() === undefined || !manner.voice.localService) return;
  reading = { sentences: pieces.flatMap(sentencesOf), manner, held: false };
  unheard.value = reading.sentences.length > 0;
  next(after);
}

/** Says a word beside what was read, such as that a breath begins. Nothing waits for it. */
export function mention(words: string, manner: Manner): void {
  if (unheard.peek() || synth() === undefined || !manner.voice.localService) return;
  hush();
  utter(words, manner, () => undefined);
}

/** Silence, now. The sentence that was cut off is said again by `goOn`. */
export function hold(): void {
  if (reading !== null) reading.held = true;
  silence();
}

/** Goes on with the sentence that was cut off. */
export function goOn(): void {
  if (reading?.held !== true) return;
  reading.held = false;
  next(0);
}

/** Silence, now; what is left unread stays so. */
export function hush(): void {
  reading = null;
  silence();
  unheard.value = false;
}

function silence(): void {
  clearTimeout(timer);
  saying = null;
  synth()?.cancel();
}

/** The next sentence after a pause; after the last one, everything was heard. */
function next(after: number): void {
  const now = reading;
  const sentence = now?.sentences[0];
  if (now === null || sentence === undefined) {
    unheard.value = false;
    return;
  }
  timer = setTimeout(() => {
    const began = Date.now();
    utter(sentence, now.manner, (said) => {
      if (!said) return hush();
      now.sentences.shift();
      next(now.sentences.length === 0 ? 0 : Math.max(0, planned(sentence, now.manner.pace) - (Date.now() - began)));
    });
  }, after);
}

/** Milliseconds a sentence takes at this pace. */
function planned(sentence: string, pace: number): number {
  return (wordsIn(sentence) * 60_000) / pace;
}

function wordsIn(sentence: string): number {
  return sentence.split(/\s+/).length;
}

/** `then` is told once whether it was said. A voice that never says that it has ended holds nothing up for long. */
function utter(words: string, { voice, pace }: Manner, then: (said: boolean) => void): void {
  const one = new SpeechSynthesisUtterance(words);
  let began = false;
  const end = (said: boolean): void => {
    if (saying !== one) return; // an end that comes late, of something that was cut off
    clearTimeout(timer);
    saying = null;
    then(said);
  };
  one.voice = voice;
  one.lang = voice.lang;
  one.rate = Math.min(1, Math.max(SLOWEST, pace / NATURAL));
  one.onstart = () => { began = true; };
  one.onend = () => end(true);
  one.onerror = () => end(false);
  saying = one;
  timer = setTimeout(() => {
    const late = saying === one;
    if (late) synth()?.cancel();
    end(began);
  }, 4_000 + 3 * planned(words, pace));
  synth()?.speak(one);
}

/** The sentences of a piece; a long one in parts, at its commas where it has some. */
export function sentencesOf(piece: string): string[] {
  const all = [...new Intl.Segmenter(locale, { granularity: "sentence" }).segment(piece)].map(({ segment }) => segment.trim());
  return all.flatMap(parts).filter((one) => /[\p{L}\p{N}]/u.test(one));
}

function parts(sentence: string): string[] {
  if (sentence.length <= LONGEST) return [sentence];
  const room = sentence.slice(0, LONGEST);
  const comma = Math.max(...[", ", "; ", ": "].map((mark) => room.lastIndexOf(mark))) + 1;
  const at = comma > 0 ? comma : Math.max(room.lastIndexOf(" "), 0) || LONGEST;
  return [sentence.slice(0, at).trim(), ...parts(sentence.slice(at).trim())];
}
