// Reading aloud, a part of Settings: when, by which voice of this phone, and how fast.
import { useEffect, useId } from "preact/hooks";
import { recordings } from "../../data/recordings.ts";
import { chosen, choose, mannerOf, type Narration, PACE } from "../../exercise/narration.ts";
import { hush, read, voices, watchVoices } from "../../exercise/voice.ts";
import { pt } from "../../exercise/words.ts";
import { Chips } from "../../ui/inputs/index.ts";

const TIMES = ["off", "closed", "on"] as const;

export default function ReadAloud() {
  useEffect(watchVoices, []);
  const here = voices.value;
  return (
    <section class="card" aria-labelledby="read-aloud">
      <h2 id="read-aloud">{pt("player.voice.title")}</h2>
      <p class="muted">{pt(here.length === 0 ? "player.voice.none" : "player.voice.intro")}</p>
      {here.length === 0 && recordings.value.length > 0 && <p class="muted">{pt("player.voice.recordings")}</p>}
      {here.length + recordings.value.length > 0 && <Choices here={here} now={chosen()} />}
    </section>
  );
}

function Choices({ here, now }: { here: readonly SpeechSynthesisVoice[]; now: Narration }) {
  const when = (id: string | undefined): Narration["when"] => TIMES.find((one) => one === id) ?? "off";
  return (
    <>
      <Chips rows label={pt("player.voice.when")} options={TIMES.map((id) => ({ id, label: pt(`player.voice.when.${id}`) }))}
        value={[now.when]} onChange={([id]) => keep({ when: when(id) })} />
      {now.when !== "off" && here.length > 0 && <Sound here={here} now={now} />}
    </>
  );
}

/** Which voice and how fast, and a sentence to hear it by. */
function Sound({ here, now }: { here: readonly SpeechSynthesisVoice[]; now: Narration }) {
  const [voice, pace] = [useId(), useId()];
  const manner = mannerOf(now, here);
  useEffect(() => hush, []);
  const hear = (): void => {
    if (manner !== null) read([pt("player.voice.example")], manner);
  };
  return (
    <>
      <div class="field">
        <label for={voice}>{pt("player.voice.which")}</label>
        <select id={voice} class="input" value={manner?.voice.voiceURI} onChange={(event) => keep({ voice: event.currentTarget.value })}>
          {here.map((one) => <option key={one.voiceURI} value={one.voiceURI}>{one.name}</option>)}
        </select>
      </div>
      <div class="field">
        <label for={pace}>{pt("player.voice.pace")}</label>
        <input id={pace} class="range" type="range" min={PACE.least} max={PACE.most} step={PACE.step} value={now.pace}
          aria-valuetext={pt("player.voice.words", { n: now.pace })} onInput={(event) => keep({ pace: event.currentTarget.valueAsNumber })} />
        <p class="hint" aria-hidden="true">{pt("player.voice.words", { n: now.pace })}</p>
      </div>
      <button type="button" class="button" onClick={hear}>{pt("player.voice.hear")}</button>
    </>
  );
}

function keep(change: Partial<Narration>): void {
  hush();
  void choose(change).catch(console.error);
}
