// Two people changed the same exercise: what differs, and what to do. Neither text is lost.
import { useLocation } from "preact-iso/router";
import { Trouble, useAction } from "../action.tsx";
import { own } from "../words.ts";
import { begin, newOwnId } from "./api.ts";
import { differing } from "./change.ts";
import { stepWords } from "./naming.ts";
import { stepSays } from "./says.ts";
import type { OwnExercise, Written } from "./types.ts";
import { ot } from "./words.ts";

type Props = { theirs: OwnExercise; mine: Written; take: (theirs: OwnExercise) => void };

export function Theirs({ theirs, mine, take }: Props) {
  const { route } = useLocation();
  const keeping = useAction(async () => {
    const made = await begin(newOwnId(), mine);
    take(theirs);
    route(`/exercises/${made.id}/edit`);
  });
  const different = theirs.form !== null && "form" in mine ? differing(mine.form, theirs.form) : null;
  return (
    <section class="notice warm stack" role="alert" aria-labelledby="own-theirs">
      <h2 id="own-theirs">{ot("own.theirs.title", { name: own(theirs.by) })}</h2>
      <p>{ot("own.theirs.text")}</p>
      {different !== null && different.length > 0 && (
        <>
          <p>{ot("own.theirs.different")}</p>
          <ul class="desk-list small">
            {different.map((id) => (
              <li key={id}>
                <strong><bdi>{id === "" ? ot("own.about.heading") : titleIn(id, mine, theirs)}</bdi></strong>
                {id !== "" && theirs.form !== null && "form" in mine && (
                  <dl class="desk-said">
                    <div><dt>{ot("own.theirs.mine")}</dt><dd dir="auto" class="desk-text">{stepSays(mine.form, id) ?? ot("own.theirs.gone")}</dd></div>
                    <div><dt>{ot("own.theirs.saved")}</dt><dd dir="auto" class="desk-text">{stepSays(theirs.form, id) ?? ot("own.theirs.gone")}</dd></div>
                  </dl>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <div class="row">
        <button type="button" class="button" disabled={keeping.busy} onClick={keeping.run}>{ot("own.theirs.keep")}</button>
        <button type="button" class="quiet" onClick={() => take(theirs)}>{ot("own.theirs.take")}</button>
      </div>
      <Trouble text={keeping.trouble} />
    </section>
  );
}

/** The step as it is called in the form it is in. */
function titleIn(id: string, mine: Written, { form }: OwnExercise): string {
  const forms = [..."form" in mine ? [mine.form] : [], ...form ? [form] : []];
  const found = forms.flatMap((one) => one.steps.filter((step) => step.id === id).map((step) => stepWords(one, step)));
  return found[0] ?? id;
}
