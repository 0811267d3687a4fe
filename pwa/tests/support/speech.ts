// A voice box that speaks at a steady speed, on the clock of the test.

export interface Fake {
  /** What was begun, in order, with the time. */
  said: { text: string; at: number; rate: number }[];
  /** What was heard to its end. */
  heard: string[];
  /** Milliseconds a word takes at the usual speed. */
  aWord: number;
  /** Never says that anything begins or ends. */
  mute: boolean;
}

export class Utterance {
  voice: unknown = null;
  lang = "";
  rate = 1;
  onstart: (() => void) | null = null;
  onend: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A voice of this phone, or of somewhere else. */
export function voice(name: string, lang = "en-GB", localService = true): SpeechSynthesisVoice {
  return { name, lang, localService, voiceURI: name, default: false };
}

/** Puts the voice box into place. What is cut off still reports an error, a moment later, as browsers do. */
export function speech(): Fake {
  const fake: Fake = { said: [], heard: [], aWord: 300, mute: false };
  let now: { one: Utterance; timer: ReturnType<typeof setTimeout> } | null = null;
  const synth = {
    getVoices: () => [],
    speak(one: Utterance) {
      if (now !== null) throw new Error("two at once");
      fake.said.push({ text: one.text, at: Date.now(), rate: one.rate });
      if (fake.mute) return;
      one.onstart?.();
      const takes = (one.text.split(/\s+/).length * fake.aWord) / one.rate;
      now = { one, timer: setTimeout(() => {
        now = null;
        fake.heard.push(one.text);
        one.onend?.();
      }, takes) };
    },
    cancel() {
      if (now === null) return;
      const { one, timer } = now;
      now = null;
      clearTimeout(timer);
      setTimeout(() => one.onerror?.(), 5);
    },
  };
  Object.assign(globalThis, { speechSynthesis: synth, SpeechSynthesisUtterance: Utterance });
  return fake;
}
