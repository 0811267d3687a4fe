// The practice's own exercises: what there is, and how a new one begins.
import { useLocation } from "preact-iso/router";
import { useId, useState } from "preact/hooks";
import { locale } from "../../../app/words.ts";
import { Trouble, useAction, useReading } from "../action.tsx";
import { api } from "../api.ts";
import { Desk } from "../desk.tsx";
import type { PracticeExercise } from "../types.ts";
import { own } from "../words.ts";
import { BringIn } from "./bring-in.tsx";
import { begin, newOwnId, readOwnList } from "./api.ts";
import type { OwnLine } from "./types.ts";
import { atTime, ot } from "./words.ts";

export default function OwnList() {
  const [lines, setLines] = useState<OwnLine[] | null>(null);
  const [others, setOthers] = useState<PracticeExercise[]>([]);
  const reading = useReading("own", async () => {
    const [mine, all] = await Promise.all([
      readOwnList(), api<{ exercises: PracticeExercise[] }>("GET", `/api/practice/exercises?locale=${locale}`),
    ]);
    setLines(mine);
    setOthers(all.exercises);
  });
  return (
    <Desk title={ot("own.list.title")} backTo="/exercises">
      <p class="muted">{ot("own.list.text")}</p>
      <Trouble text={reading.trouble} again={reading.again} />
      {lines?.length === 0 && <p>{ot("own.list.none")}</p>}
      {lines !== null && lines.length > 0 && (
        <ul class="rows">{lines.map((line) => <li key={line.id}><Line line={line} /></li>)}</ul>
      )}
      {lines !== null && <Begin others={others} />}
      {lines !== null && <BringIn />}
    </Desk>
  );
}

function Line({ line }: { line: OwnLine }) {
  return (
    <a class="row-link" href={`/exercises/${line.id}/edit`}>
      <span class="desk-client-words">
        <span class="desk-client-name"><bdi>{line.title || ot("own.untitled")}</bdi></span>
        <span class="muted small">{ot("own.list.by", { name: own(line.by), when: atTime(line.at, Date.now()) })}</span>
      </span>
      <span class="small">{standing(line)}</span>
    </a>
  );
}

export function standing({ draft, retired, version }: Pick<OwnLine, "draft" | "retired" | "version">): string {
  if (retired) return ot("own.standing.retired");
  if (!draft) return ot("own.standing.published", { n: version });
  return version === 1 ? ot("own.standing.draft") : ot("own.standing.next", { n: version, before: version - 1 });
}

function Begin({ others }: { others: readonly PracticeExercise[] }) {
  const { route } = useLocation();
  const [title, setTitle] = useState("");
  const [like, setLike] = useState("");
  const [missing, setMissing] = useState(false);
  const name = useId();
  const from = useId();
  const beginning = useAction(async () => {
    const made = await begin(newOwnId(), like === "" ? { title: title.trim() } : { like });
    route(`/exercises/${made.id}/edit`);
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setMissing(like === "" && title.trim() === "");
    if (like !== "" || title.trim() !== "") beginning.run();
    else document.getElementById(name)?.focus();
  };
  return (
    <form class="card stack desk-form" noValidate onSubmit={submit} aria-labelledby="own-begin">
      <h2 id="own-begin">{ot("own.begin.title")}</h2>
      <div class="field">
        <label for={from}>{ot("own.begin.from")}</label>
        <select id={from} class="input" value={like} onChange={(event) => setLike(event.currentTarget.value)}>
          <option value="">{ot("own.begin.blank")}</option>
          {others.map((one) => <option key={one.id} value={one.id}>{ot("own.begin.copy", { title: one.title })}</option>)}
        </select>
        <p class="hint">{ot("own.begin.hint")}</p>
      </div>
      {like === "" && (
        <div class="field">
          <label for={name}>{ot("own.about.title")}</label>
          <input id={name} class="input" maxLength={120} dir="auto" value={title} autocomplete="off" aria-invalid={missing}
            onInput={(event) => setTitle(event.currentTarget.value)} />
          {missing && <p class="problem small" role="alert">{ot("own.begin.missing")}</p>}
        </div>
      )}
      <Trouble text={beginning.trouble} />
      <button type="submit" class="primary" disabled={beginning.busy}>{ot("own.begin.go")}</button>
    </form>
  );
}
