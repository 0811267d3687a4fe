// Writing an exercise: step by step, or in its two files; saved by itself, checked each time, published when it is clean.
import { useState } from "preact/hooks";
import { Trouble, useReading } from "../action.tsx";
import { Desk } from "../desk.tsx";
import { Tile } from "../../../ui/inputs/tile.tsx";
import { About } from "./about.tsx";
import { readOwn } from "./api.ts";
import { Theirs } from "./theirs.tsx";
import { FilesView } from "./files-view.tsx";
import { standing } from "./list.tsx";
import { Problems } from "./problems.tsx";
import { Publish } from "./publish.tsx";
import { Steps } from "./steps.tsx";
import type { OwnExercise } from "./types.ts";
import { type Standing, useWriting } from "./use-writing.ts";
import { atTime, ot } from "./words.ts";

export default function OwnEdit({ id }: { id: string }) {
  const [first, setFirst] = useState<OwnExercise | null>(null);
  const reading = useReading(id, async () => setFirst(await readOwn(id)));
  if (first !== null) return <Edit first={first} />;
  return (
    <Desk title={ot("own.edit.tab")} backTo="/exercises/own">
      <Trouble text={reading.trouble} again={reading.again} />
      {reading.trouble === null && <div class="desk-page-ghost" aria-hidden="true" />}
    </Desk>
  );
}

function Edit({ first }: { first: OwnExercise }) {
  const writing = useWriting(first);
  const { there, mine, change, flush, take } = writing;
  const [turning, setTurning] = useState(false);
  const turn = async (toFiles: boolean): Promise<void> => {
    setTurning(true);
    const fresh = await flush();
    setTurning(false);
    if (fresh === null) return;
    take(fresh, toFiles ? "files" : "form");
  };
  const { problems } = there;
  return (
    <Desk title={there.title || ot("own.untitled")} tab={ot("own.edit.tab")} backTo="/exercises/own">
      <p class="muted">{standing(there)} · <Saving there={there} standing={writing.standing} again={() => void flush()} /></p>
      {writing.standing.at === "theirs" && <Theirs theirs={writing.standing.theirs} mine={mine} take={take} />}
      <p class="row">
        <a class="button" href={`/exercises/${there.id}/draft`}>{ot("own.edit.play")}</a>
      </p>
      <fieldset>
        <legend class="visually-hidden">{ot("own.edit.view")}</legend>
        <div class="chips">
          <Tile type="radio" look="chip" name="own-view" label={ot("own.edit.steps")} checked={"form" in mine} onPick={() => void turn(false)} />
          <Tile type="radio" look="chip" name="own-view" label={ot("own.edit.files")} checked={"files" in mine} onPick={() => void turn(true)} />
        </div>
      </fieldset>
      {"files" in mine && there.form === null && <p class="muted small">{ot("own.edit.no_form")}</p>}
      <Problems problems={problems} form={"form" in mine ? mine.form : null} />
      <div class="stack loose" aria-busy={turning}>
        {"form" in mine ? (
          <>
            <About form={mine.form} change={(form) => change({ form })} />
            <Steps form={mine.form} problems={problems} change={(form) => change({ form })} />
          </>
        ) : (
          <FilesView files={mine.files} problems={problems} change={(files) => change({ files })} />
        )}
      </div>
      <Publish writing={writing} />
    </Desk>
  );
}

function Saving({ there, standing, again }: { there: OwnExercise; standing: Standing; again: () => void }) {
  return (
    <span role="status">
      {standing.at === "saved" && ot("own.saving.saved", { when: atTime(there.at, Date.now()) })}
      {standing.at === "waiting" && ot("own.saving.waiting")}
      {standing.at === "saving" && ot("own.saving.saving")}
      {standing.at === "theirs" && ot("own.saving.unsaved")}
      {standing.at === "unsaved" && (
        <>
          <strong>{ot("own.saving.unsaved")}</strong> {standing.why}{" "}
          <button type="button" class="quiet" onClick={again}>{ot("own.saving.again")}</button>
        </>
      )}
    </span>
  );
}
