import { useEffect, useId, useRef } from "preact/hooks";
import { Tile } from "../../ui/inputs/index.ts";
import { saidSoFar, sideOf, turnAt, turnsIn, USUAL_ROOM, voicesOf, withTurn } from "../dialogue.ts";
import { partOf } from "../engine.ts";
import { saidWords } from "../forms.ts";
import type { Dialogue } from "../types.ts";
import { pt } from "../words.ts";
import { optionOf, type StepProps } from "./props.ts";
import { roomLeft } from "./room-left.ts";
import { Where } from "./where.tsx";

/** Two voices in turn. A voice has its side, its colour and its name; in between it is asked to change seats. */
export function DialogueStep(props: StepProps<Dialogue>) {
  const { exercise, step, state } = props;
  const part = partOf(state);
  const turn = turnAt(part);
  return (
    <div class="dialogue">
      <SoFar had={saidSoFar(exercise, state, step, part)} />
      {turn !== null && <Turn key={turn} {...props} turn={turn} />}
    </div>
  );
}

function SoFar({ had }: { had: ReturnType<typeof saidSoFar> }) {
  if (had.length === 0) return null;
  return (
    <ol class="said-so-far" aria-label={pt("player.dialogue.so_far")}>
      {had.map(({ of, said }, at) => (
        <li key={at} class="said" data-side={sideOf(of, said.id)}>
          <span class="said-voice">{optionOf(of, said.id).label}</span>
          <span class="said-words" dir="auto">{saidWords(said)}</span>
        </li>
      ))}
    </ol>
  );
}

/** One turn, written or said out loud. Its field comes into view, however much was said before. */
function Turn({ exercise, step, state, send, turn }: StepProps<Dialogue> & { turn: number }) {
  const [id, hint] = [useId(), useId()];
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.scrollIntoView({ block: "nearest" }), []);
  const answer = state.answers[step.id];
  const said = turnsIn(step, answer)[turn];
  const voice = voicesOf(step)[turn] ?? "";
  const most = step.max_chars ?? USUAL_ROOM;
  const text = said?.text ?? "";
  const aloud = said?.aloud === true;
  const say = (next: { text: string; aloud?: true }): void => send({ type: "answer", value: withTurn(step, answer, turn, next) });
  return (
    <div class="turn field" data-side={sideOf(step, voice)}>
      <label for={id}><span class="turn-voice">{optionOf(step, voice).label}</span></label>
      <textarea ref={field} id={id} class="input" rows={3} maxLength={most} autocomplete="off" value={text} aria-describedby={hint}
        onInput={(event) => say({ text: event.currentTarget.value, ...(aloud ? { aloud } : {}) })} />
      {roomLeft(most, text) !== "" && <p class="hint">{roomLeft(most, text)}</p>}
      {step.aloud === true && (
        <Tile type="checkbox" look="chip" name={`${id}-aloud`} label={pt("player.dialogue.aloud")} checked={aloud}
          onPick={() => say({ text, ...(aloud ? {} : { aloud: true }) })} />
      )}
      <p class="hint" id={hint}>
        {turn === 0 && <>{pt("player.dialogue.turn", { at: 1, of: voicesOf(step).length })}. </>}
        {step.aloud === true && pt("player.dialogue.aloud_hint")}
      </p>
      <Where exercise={exercise} step={step} state={state} send={send} />
    </div>
  );
}
