import { country } from "../../data/flags.ts";
import { contacts } from "../../safety/contacts.ts";
import { useTogether } from "../../safety/kept-together.ts";
import { dial, linesFor } from "../../safety/lines.ts";
import { MOST_PEOPLE, type Part, type Reachable, type SafetyPlan } from "../../safety/plan.ts";
import { st } from "../../safety/words.ts";
import { togetherWords } from "./safety-together.tsx";

interface EditProps<P extends Part = Part> {
  part: P;
  plan: SafetyPlan;
  change: (some: Partial<SafetyPlan>) => void;
}

const ROOM = 2_000;

/** One part of the plan while it is written. */
export function EditPart(props: EditProps) {
  const { part } = props;
  return isNames(part) ? <EditNames {...props} part={part} /> : <EditText {...props} part={part} />;
}

type Names = "people" | "services";
const isNames = (part: Part): part is Names => part === "people" || part === "services";

function EditText({ part, plan, change }: EditProps<Exclude<Part, Names>>) {
  const id = `edit-${part}`;
  const together = part === "around";
  return (
    <div class="field">
      <label for={id}>{st(`safety.part.${part}`)}</label>
      <p class="hint" id={`${id}-hint`}>{st(`safety.part.${part}_hint`)}</p>
      {together && <p class="notice" id={`${id}-together`}>{st("safety.part.around_together")}</p>}
      {together && <AlreadyThere />}
      <textarea id={id} class="input" autocomplete="off" maxLength={ROOM} value={plan[part]}
        aria-describedby={together ? `${id}-together ${id}-hint` : `${id}-hint`}
        onInput={(event) => change({ [part]: event.currentTarget.value })} />
    </div>
  );
}

/** What was written together in a session stands beside what is written here. */
function AlreadyThere() {
  const there = useTogether();
  if (there == null || there.out) return null;
  return (
    <div class="notice">
      <p class="plan-words" dir="auto">{there.around}</p>
      <p>{togetherWords(there)} {st("safety.together.edit")}</p>
    </div>
  );
}

/** Names and numbers, a row each; the last empty one is where the next goes. */
function EditNames({ part, plan, change }: EditProps<Names>) {
  const rows = plan[part].length === 0 ? [{ name: "", number: "" }] : plan[part];
  const set = (at: number, some: Partial<Reachable>): void => change({ [part]: rows.map((row, n) => (n === at ? { ...row, ...some } : row)) });
  const add = (row: Reachable): void => change({ [part]: [...plan[part].filter(({ name, number }) => name !== "" || number !== ""), row] });
  return (
    <fieldset class="field">
      <legend>{st(`safety.part.${part}`)}</legend>
      <p class="hint">{st(`safety.part.${part}_hint`)}</p>
      {rows.map((row, at) => (
        <EditRow key={at} part={part} at={at} row={row} set={(some) => set(at, some)}
          remove={plan[part].length === 0 ? null : () => change({ [part]: rows.filter((_, n) => n !== at) })} />
      ))}
      {part === "services" && <FromPractice known={rows} add={add} />}
      {rows.length < MOST_PEOPLE && (
        <div>
          <button type="button" class="button" onClick={() => change({ [part]: [...rows, { name: "", number: "" }] })}>
            {st(part === "people" ? "safety.edit.add" : "safety.edit.add_service")}
          </button>
        </div>
      )}
    </fieldset>
  );
}

interface RowProps {
  part: Names;
  at: number;
  row: Reachable;
  set: (some: Partial<Reachable>) => void;
  remove: (() => void) | null;
}

/** Names are the person's own: nothing is suggested here, and what is written here is suggested nowhere. */
function EditRow({ part, at, row: { name, number }, set, remove }: RowProps) {
  const id = `edit-${part}-${at}`;
  const odd = number !== "" && dial(number) === null;
  return (
    <div class="plan-row" role="group" aria-label={st("safety.edit.name_of", { n: at + 1 })}>
      <div class="field">
        <label for={`${id}-name`}>{st("safety.edit.name")}</label>
        <input id={`${id}-name`} class="input" type="text" autocomplete="off" maxLength={80} value={name}
          onInput={(event) => set({ name: event.currentTarget.value })} />
      </div>
      <div class="field">
        <label for={`${id}-number`}>{st("safety.edit.number")}</label>
        <input id={`${id}-number`} class="input" type="text" inputMode="tel" autocomplete="off" maxLength={40} value={number}
          aria-describedby={odd ? `${id}-odd` : undefined} onInput={(event) => set({ number: event.currentTarget.value })} />
        {odd && <p class="hint" id={`${id}-odd`}>{st("safety.edit.number_odd")}</p>}
      </div>
      {remove !== null && (
        <button type="button" class="quiet" onClick={remove}
          aria-label={name === "" ? st("safety.edit.remove_nobody") : st("safety.edit.remove_of", { name })}>
          {st("safety.edit.remove")}
        </button>
      )}
    </div>
  );
}

/** The practice's own lines, to be copied in; the app knows no others. */
function FromPractice({ known, add }: { known: readonly Reachable[]; add: (row: Reachable) => void }) {
  const lines = linesFor(contacts.value.lines, country.value.value ?? "").filter(({ number }) => !known.some((row) => row.number === number));
  if (lines.length === 0) return null;
  return (
    <div class="stack tight">
      <p class="hint">{st("safety.edit.copy")}</p>
      <div class="chips">
        {lines.map(({ id, name, number }) => (
          <button key={id} type="button" class="chip" onClick={() => add({ name, number })}>{st("safety.edit.copy_one", { name })}</button>
        ))}
      </div>
    </div>
  );
}
