// An exercise as a client plays it, in a phone on the page.
import { useState } from "preact/hooks";
import type { Saved } from "../../exercise/saved.ts";
import { current } from "../../exercise/state.ts";
import { pt } from "../../exercise/words.ts";
import { Trouble } from "./action.tsx";
import { isDraft, TEXT_MAX } from "./assigning.ts";
import { Desk } from "./desk.tsx";
import { Looks } from "./preview-looks.tsx";
import { useLive } from "./preview-live.ts";
import { type Look, PreviewPhone } from "./preview-phone.tsx";
import { OnPhone, useRun } from "./preview-run.tsx";
import { PreviewSteps, titleOf } from "./preview-steps.tsx";
import { own, tt } from "./words.ts";

export default function PreviewPage({ id, draft = false }: { id: string; draft?: boolean }) {
  const { shown, trouble, again } = useLive(id, draft);
  const [look, setLook] = useState<Look>("device");
  const [large, setLarge] = useState(false);
  const [told, setTold] = useState("");
  const exercise = shown?.exercise ?? null;
  const run = useRun(exercise, shown?.tag);
  const here = exercise && run.state && run.state.ended === null ? current(exercise, run.state) : null;
  const jump = (step: string): void => {
    run.jump(step);
    setTold(tt("therapist.play.at", { title: own(titleOf(exercise?.steps.find((one) => one.id === step))) }));
  };
  return (
    <Desk title={exercise?.title ?? tt("therapist.play.title")} tab={tt("therapist.play.title")} backTo={`/exercises/${id}${draft ? "/edit" : ""}`}>
      <p class="notice">{tt("therapist.play.nothing")}{shown?.live ? ` ${tt("therapist.play.live")}` : ""}</p>
      {exercise && isDraft({ access: exercise.access, approved: shown?.approved === true }) && <p class="muted">{pt("player.start.draft")}</p>}
      <Trouble text={trouble} again={again} />
      {shown?.notes.map((note) => <p key={note} class="notice warm">{note}</p>)}
      <div class="preview">
        <div class="stack">
          <PreviewPhone look={look} large={large} onLink={() => setTold(tt("therapist.play.link"))}>
            {shown && (exercise ? <OnPhone exercise={exercise} saved={SAMPLE} run={run} /> : <Problems problems={shown.problems} draft={draft} />)}
          </PreviewPhone>
          <p class="small preview-told" role="status">{told}</p>
        </div>
        <div class="stack loose">
          <div class="preview-set">
            <Looks look={look} large={large} onLook={setLook} onLarge={setLarge} />
            <button type="button" class="button" disabled={exercise === null} onClick={run.again}>{tt("therapist.play.again")}</button>
          </div>
          {exercise && <PreviewSteps exercise={exercise} here={here?.id ?? null} onJump={jump} />}
        </div>
      </div>
    </Desk>
  );
}

/** In the place of what client and therapist write together. */
const SAMPLE: Saved = {
  texts: Object.fromEntries(["agreed_scene", ...Object.keys(TEXT_MAX)].map((name) => [name, tt("therapist.play.scene")])),
  plans: {}, scenes: [],
};

/** Of a draft they stand at its steps; here they would be about its files. */
function Problems({ problems, draft }: { problems: string[]; draft: boolean }) {
  return (
    <main class="main preview-page">
      <h1>{tt("therapist.play.problems", { n: problems.length })}</h1>
      {draft ? <p>{tt("therapist.play.at_steps")}</p> : <ul class="stack desk-list">{problems.map((problem) => <li key={problem}>{problem}</li>)}</ul>}
      <p class="muted small">{tt(draft ? "therapist.play.meanwhile_draft" : "therapist.play.meanwhile")}</p>
    </main>
  );
}
