// What is being set, as it will be on this client's phone: its start page and its player, with the words and texts written
// for them. Nothing is kept and nothing is sent.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { start } from "../../exercise/engine.ts";
import { keepsEyesOpen } from "../../exercise/gates.ts";
import type { Saved } from "../../exercise/saved.ts";
import { About } from "../../exercise/start-gate.tsx";
import { current } from "../../exercise/state.ts";
import { withWords } from "../../exercise/tailored.ts";
import type { Exercise } from "../../exercise/types.ts";
import { pt } from "../../exercise/words.ts";
import { type Asked, hasLimit, withTexts } from "./assigning.ts";
import type { Limit } from "./limit.ts";
import { PreviewPhone } from "./preview-phone.tsx";
import { OnPhone, useRun } from "./preview-run.tsx";
import { PreviewSteps, titleOf } from "./preview-steps.tsx";
import { myName } from "./state.ts";
import type { Assignable, Client } from "./types.ts";
import { own, tt } from "./words.ts";

export type PreviewAssignedProps = {
  client: Client;
  card: Assignable;
  exercise: Exercise;
  form: Asked;
  limit: Limit;
};

export default function PreviewAssigned({ client, card, exercise: whole, form, limit }: PreviewAssignedProps) {
  const tag = JSON.stringify([whole.id, whole.version, form.texts, form.tailored]);
  const exercise = useMemo(() => withWords(withTexts(whole, form.texts), { version: whole.version, words: form.tailored }), [whole, tag]);
  const openOnly = keepsEyesOpen(limit.blocks, limit.openOnly);
  const run = useRun(exercise, tag, (of) => start(of, { now: Date.now(), blocks: limit.blocks, openOnly, limit: hasLimit(card) ? form.limit : null }));
  const [begun, setBegun] = useState(false);
  const [told, setTold] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const here = begun && run.state && run.state.ended === null ? current(exercise, run.state) : null;
  const jump = (step: string): void => {
    setBegun(true);
    run.jump(step);
    setTold(tt("therapist.play.at", { title: own(titleOf(exercise.steps.find((one) => one.id === step))) }));
  };
  return (
    <section class="stack" aria-labelledby="assigned-preview">
      <h2 id="assigned-preview" ref={heading} tabIndex={-1}>{tt("therapist.seen.title", { name: own(client.name) })}</h2>
      <p class="muted small">{tt("therapist.seen.text")}</p>
      <div class="preview">
        <div class="stack">
          <PreviewPhone look="device" large={false} onLink={() => setTold(tt("therapist.play.link"))}>
            {begun
              ? <OnPhone exercise={exercise} saved={savedOf(form)} run={run} />
              : <StartPage card={card} exercise={exercise} form={form} begin={() => { run.again(); setBegun(true); }} />}
          </PreviewPhone>
          <p class="small preview-told" role="status">{told}</p>
        </div>
        <div class="stack loose">
          <div class="preview-set">
            <button type="button" class="button" onClick={() => setBegun(false)}>{tt("therapist.seen.start")}</button>
          </div>
          <PreviewSteps exercise={exercise} here={here?.id ?? null} onJump={jump} />
        </div>
      </div>
    </section>
  );
}

/** The start page without its gate: what a client reads before they begin. */
function StartPage({ card, exercise, form, begin }: { card: Assignable; exercise: Exercise; form: Asked; begin: () => void }) {
  const assignment = { id: "", body: { exercise: exercise.id, version: exercise.version, title: exercise.title, by: myName(), reason: form.reason.trim() } };
  const approvals = card.approved ? [`${exercise.id}@${exercise.version}`] : [];
  return (
    <main class="main preview-page stack loose">
      <h1>{exercise.title}</h1>
      <About exercise={exercise} assignment={assignment} approvals={approvals} />
      {exercise.caution && <p class="notice warm">{exercise.caution}</p>}
      <button type="button" class="primary wide-button" onClick={begin}>{pt("player.start.start")}</button>
    </main>
  );
}

/** What was agreed and written together, as far as it is written. */
function savedOf({ scene, texts }: Asked): Saved {
  const written = Object.entries({ agreed_scene: scene, ...texts }).map(([name, text]) => [name, text.trim()] as const);
  return { texts: Object.fromEntries(written.filter(([, text]) => text !== "")), plans: {}, scenes: [] };
}
