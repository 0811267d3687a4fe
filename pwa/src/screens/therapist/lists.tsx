// The practice's lists of exercises, for a group or a programme: shared by its therapists, and nothing of a client in them.
import { useLocation } from "preact-iso/router";
import { useRef, useState } from "preact/hooks";
import { locale } from "../../app/words.ts";
import { newId } from "../../data/ids.ts";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api } from "./api.ts";
import { Desk } from "./desk.tsx";
import { ListEdit } from "./list-edit.tsx";
import { ListSet } from "./list-set.tsx";
import { example, type Template } from "./template.ts";
import type { Assignable } from "./types.ts";
import { own, tt } from "./words.ts";

const LISTS = "/clients/lists";

async function readTemplates(): Promise<Template[]> {
  return (await api<{ templates: Template[] }>("GET", "/api/practice/templates")).templates;
}

/** All lists, one of them to change, or one to set. */
export default function Lists({ id, setting }: { id: string | undefined; setting: boolean }) {
  const [read, setRead] = useState<{ templates: Template[]; cards: Assignable[] } | null>(null);
  const reading = useReading("lists", async () => {
    const [templates, { exercises }] = await Promise.all([
      readTemplates(), api<{ exercises: Assignable[] }>("GET", `/api/assignable-exercises?locale=${locale}`),
    ]);
    setRead({ templates, cards: exercises });
  });
  const template = read?.templates.find((one) => one.id === id);
  const title = id === undefined ? tt("therapist.lists.title") : setting ? tt("therapist.lists.set_title", { name: own(template?.name ?? "") }) : (template?.name ?? tt("therapist.lists.new"));
  return (
    <Desk title={title} tab={tt("therapist.lists.title")} backTo={id === undefined ? "/clients" : LISTS}>
      <Trouble text={reading.trouble} again={reading.again} />
      {read && (id === undefined ? <All templates={read.templates} />
        : setting && template ? <ListSet template={template} cards={read.cards} />
        : <ListEdit key={template?.rev ?? 0} template={template ?? { id, name: "", items: [], rev: 0 }} cards={read.cards} changed={reading.again} />)}
    </Desk>
  );
}

function All({ templates }: { templates: readonly Template[] }) {
  const { route } = useLocation();
  const id = useRef(newId());
  const beginning = useAction(async () => {
    const reasons = tt("therapist.lists.example_reasons").split("|");
    const { name, items, rev } = example(id.current, tt("therapist.lists.example"), reasons);
    await api("PUT", `/api/practice/templates/${id.current}`, { name, items, rev });
    route(`${LISTS}/${id.current}`);
  });
  return (
    <>
      <p class="muted">{tt("therapist.lists.text")}</p>
      {templates.length === 0 && <p>{tt("therapist.lists.none")}</p>}
      <ul class="desk-cards">
        {templates.map((one) => (
          <li key={one.id} class="card stack tight">
            <h2><bdi>{one.name}</bdi></h2>
            <p class="muted small">{tt("therapist.lists.count", { n: one.items.length })}</p>
            <div class="row">
              <a class="button" href={`${LISTS}/${one.id}/set`} aria-label={tt("therapist.lists.set_which", { name: one.name })}>{tt("therapist.lists.set")}</a>
              <a class="quiet" href={`${LISTS}/${one.id}`} aria-label={tt("therapist.lists.change_which", { name: one.name })}>{tt("therapist.lists.change")}</a>
            </div>
          </li>
        ))}
      </ul>
      <Trouble text={beginning.trouble} />
      <div class="row">
        <a class="button" href={`${LISTS}/${newId()}`}>{tt("therapist.lists.new")}</a>
        <button type="button" class="quiet" disabled={beginning.busy} onClick={beginning.run}>{tt("therapist.lists.begin")}</button>
      </div>
      <p class="hint">{tt("therapist.lists.begin_hint")}</p>
    </>
  );
}
