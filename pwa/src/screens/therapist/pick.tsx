import { useState } from "preact/hooks";
import { t } from "../../app/words.ts";
import { isDraft, isOwn, writesTogether } from "./assigning.ts";
import { byFamily, exercisesFound } from "./finding.ts";
import type { Assignable } from "./types.ts";
import { named, tt } from "./words.ts";

type Props = {
  exercises: Assignable[] | null;
  /** The assignments that are with the client now, by exercise: the same one is not set twice. */
  live: ReadonlyMap<string, string>;
  /** The address where an assignment is changed. */
  editing: (assignment: string) => string;
  onPick: (card: Assignable) => void;
};

/** Every exercise with what is needed to choose; one that can't be set says why. */
export function PickExercise({ exercises, live, editing, onPick }: Props) {
  const [typed, setTyped] = useState("");
  const found = exercisesFound(exercises ?? [], typed);
  return (
    <div class="stack loose">
      <div class="field desk-form">
        <label for="find-exercise">{tt("therapist.pick.search")}</label>
        <input id="find-exercise" class="input" type="search" autocomplete="off" spellcheck={false} value={typed}
          aria-describedby="find-exercise-found" onInput={(event) => setTyped(event.currentTarget.value)} />
        <p id="find-exercise-found" class="hint" role="status">{exercises === null ? tt("therapist.pick.reading") : tt("therapist.pick.found", { n: found.length })}</p>
      </div>
      {exercises === null && <div class="desk-ghost desk-card-ghost" aria-hidden="true" />}
      {byFamily(found).map(([family, some]) => (
        <section key={family} class="stack tight" aria-labelledby={`family-${family}`}>
          <h2 id={`family-${family}`} class="desk-family">{named("family", family)}</h2>
          <ul class="desk-picks">
            {some.map((card) => <li key={card.id}><OnePick card={card} set={live.get(card.id)} editing={editing} onPick={onPick} /></li>)}
          </ul>
        </section>
      ))}
    </div>
  );
}

function OnePick({ card, set, editing, onPick }: Pick<Props, "editing" | "onPick"> & { card: Assignable; set: string | undefined }) {
  return (
    <article class={card.assignable && set === undefined ? "card desk-pick" : "card desk-pick not-now"}>
      <h3><bdi>{card.title}</bdi></h3>
      <p class="muted small">{facts(card).join(" · ")}</p>
      <p>{card.summary}</p>
      <Cautions codes={card.contraindications} />
      {set !== undefined ? (
        <p class="desk-why">{tt("therapist.pick.set")} <a class="quiet" href={editing(set)} aria-label={tt("therapist.edit.which", { title: card.title })}>{tt("therapist.edit.go")}</a></p>
      ) : card.assignable ? (
        <button type="button" class="button" aria-label={tt("therapist.pick.which", { title: card.title })} onClick={() => onPick(card)}>{tt("therapist.pick.go")}</button>
      ) : (
        <p class="desk-why"><strong>{tt("therapist.pick.notNow")}</strong> {card.why_not}</p>
      )}
    </article>
  );
}

function facts(card: Assignable): string[] {
  return [
    ...(isOwn(card.id) ? [tt("therapist.exercises.yours")] : []),
    tt("therapist.pick.minutes", { n: card.minutes }),
    named("intensity", card.intensity),
    card.functions.map((id) => named("function", id)).join(", "),
    ...(card.access === "therapist" ? [tt(writesTogether(card) ? "therapist.pick.together" : "therapist.pick.guarded")] : []),
    ...(isDraft(card) ? [t("practise.draft")] : []),
  ].filter(Boolean);
}

function Cautions({ codes }: { codes: string[] }) {
  if (codes.length === 0) return null;
  return (
    <details class="desk-more">
      <summary>{tt("therapist.pick.cautions", { n: codes.length })}</summary>
      <ul class="desk-list small">
        {codes.map((code) => <li key={code}>{named("caution", code)}</li>)}
      </ul>
    </details>
  );
}
