// What becomes of an exercise: published as a version that stays, taken home as a file, thrown away, out of the list.
import { useLocation } from "preact-iso/router";
import { useState } from "preact/hooks";
import { saveFile } from "../../../ui/save-file.ts";
import type { Exercise } from "../../../exercise/types.ts";
import { Trouble, useAction } from "../action.tsx";
import { ExerciseText } from "../exercise-text.tsx";
import { own } from "../words.ts";
import { dropDraft, publish, readEdition, readOwn, readParcel, setRetired } from "./api.ts";
import type { OwnExercise } from "./types.ts";
import type { Writing } from "./use-writing.ts";
import { atTime, ot } from "./words.ts";

export function Publish({ writing }: { writing: Writing }) {
  const { there, standing, flush, take } = writing;
  const publishing = useAction(async () => {
    const fresh = await flush();
    if (fresh === null || fresh.problems.length > 0) return;
    take(await publish(there.id, fresh.rev));
  });
  const clean = there.problems.length === 0;
  return (
    <section class="card stack" aria-labelledby="own-publish">
      <h2 id="own-publish">{ot("own.publish.title")}</h2>
      {there.editions.length > 0 && (
        <ul class="desk-list small">{there.editions.map((one) => <li key={one.version}><Edition id={there.id} edition={one} /></li>)}</ul>
      )}
      {there.draft
        ? (
          <>
            <p>{ot(clean ? "own.publish.text" : "own.publish.first")}</p>
            <Trouble text={publishing.trouble} />
            <button type="button" class="primary desk-start" disabled={!clean || publishing.busy || standing.at === "theirs"} onClick={publishing.run}>
              {ot("own.publish.go", { n: there.version })}
            </button>
          </>
        )
        : <p>{ot("own.publish.done", { n: there.version })} <a href={`/exercises/${there.id}`}>{ot("own.publish.read")}</a></p>}
      <Rest writing={writing} />
    </section>
  );
}

/** A version that was published, to be read as it was: runs speak of it for good. */
function Edition({ id, edition: { version, by, at } }: { id: string; edition: OwnExercise["editions"][number] }) {
  const [shown, setShown] = useState<Exercise | null>(null);
  const reading = useAction(async () => setShown(await readEdition(id, version)));
  return (
    <>
      <div class="desk-title">
        <span class="muted">{ot("own.publish.edition", { n: version, name: own(by), when: atTime(at, Date.now()) })}</span>
        <button type="button" class="quiet" disabled={reading.busy} aria-expanded={shown !== null} aria-label={ot(shown === null ? "own.publish.look_which" : "own.publish.close_which", { n: version })}
          onClick={() => (shown === null ? reading.run() : setShown(null))}>{ot(shown === null ? "own.publish.look" : "own.publish.close")}</button>
      </div>
      <Trouble text={reading.trouble} />
      {shown !== null && <ExerciseText exercise={shown} />}
    </>
  );
}

function Rest({ writing: { there, flush, take } }: { writing: Writing }) {
  const { route } = useLocation();
  const [sure, setSure] = useState(false);
  const home = useAction(async () => {
    if ((await flush()) !== null) saveFile(`${plainName(there.title)}.zip`, await readParcel(there.id));
  });
  const dropping = useAction(async () => {
    await dropDraft(there.id, (await flush())?.rev ?? there.rev);
    if (there.editions.length === 0) return route("/exercises/own", true);
    setSure(false);
    take(await readOwn(there.id));
  });
  const retiring = useAction(async () => {
    const fresh = await setRetired(there.id, !there.retired);
    take(fresh);
  });
  return (
    <>
      <div class="row">
        <button type="button" class="button" disabled={home.busy} onClick={home.run}>{ot("own.rest.home")}</button>
        {there.editions.length > 0 && !there.draft && (
          <button type="button" class="quiet" disabled={retiring.busy} onClick={retiring.run}>{ot(there.retired ? "own.rest.back" : "own.rest.retire")}</button>
        )}
        {there.draft && (
          <button type="button" class="quiet" disabled={dropping.busy} onClick={sure ? () => dropping.run() : () => setSure(true)}>
            {ot(sure ? "own.rest.sure" : there.editions.length > 0 ? "own.rest.drop" : "own.rest.delete")}
          </button>
        )}
      </div>
      {there.retired && <p class="muted small">{ot("own.rest.retired")}</p>}
      <Trouble text={home.trouble ?? dropping.trouble ?? retiring.trouble} />
    </>
  );
}

function plainName(title: string): string {
  return title.normalize("NFD").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 60) || "exercise";
}
