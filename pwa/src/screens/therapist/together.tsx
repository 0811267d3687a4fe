// What client and therapist write together in the room, while it is being set, and as it was set.
import type { Exercise } from "../../exercise/types.ts";
import { type Asked, isText, type Missing, TEXT_MAX, type TextName } from "./assigning.ts";
import { Room } from "./assign-fields.tsx";
import type { Assignable } from "./types.ts";
import { type TherapistKey, tt } from "./words.ts";

type Props = { form: Asked; card: Assignable; gaps: Missing; change: (part: Partial<Asked>) => void };

/** One field for each text, and the word that they were written together. */
export function TogetherFields({ form, card, gaps, change }: Props) {
  const names = (card.texts ?? []).filter(isText);
  const wanting = names.find((name) => isTooLong(name, form.texts[name])) ?? names[0];
  return (
    <fieldset class="card stack loose">
      <legend class="visually-hidden">{tt("therapist.together.title")}</legend>
      <p>{tt("therapist.together.text")}</p>
      {names.map((name) => (
        <TextField key={name} name={name} id={name === wanting ? "assign-texts" : `assign-texts-${name}`} value={form.texts[name] ?? ""}
          gap={name === wanting ? gaps.texts : undefined} onInput={(text) => change({ texts: { ...form.texts, [name]: text } })} />
      ))}
      <div class="field">
        <label class="row desk-tick">
          <input id="assign-together" type="checkbox" checked={form.together} aria-invalid={gaps.together !== undefined}
            aria-describedby={gaps.together && "assign-together-gap"} onChange={(event) => change({ together: event.currentTarget.checked })} />
          <span>{tt("therapist.together.said")}</span>
        </label>
        {gaps.together && <p id="assign-together-gap" class="problem small">{say(gaps.together)}</p>}
      </div>
    </fieldset>
  );
}

function isTooLong(name: TextName, text = ""): boolean {
  return text.trim().length > TEXT_MAX[name];
}

type FieldProps = { name: TextName; id: string; value: string; gap: TherapistKey | undefined; onInput: (text: string) => void };

function TextField({ name, id, value, gap, onInput }: FieldProps) {
  return (
    <div class="field">
      <label for={id}>{tt(`therapist.together.${name}`)}</label>
      <p id={`${id}-hint`} class="hint">{tt(`therapist.together.${name}_hint`)}</p>
      <textarea id={id} class="input" dir="auto" rows={name === "calm_image" ? 4 : 2} value={value}
        aria-describedby={gap ? `${id}-hint ${id}-gap` : `${id}-hint`} aria-invalid={gap !== undefined}
        onInput={(event) => onInput(event.currentTarget.value)} />
      <Room left={TEXT_MAX[name] - value.length} />
      {gap && <p id={`${id}-gap`} class="problem small">{say(gap)}</p>}
    </div>
  );
}

/** The texts an assignment was set with, as they are on the client's phone. */
export function WrittenTogether({ exercise }: { exercise: Exercise | undefined }) {
  const texts = Object.entries(exercise?.texts ?? {});
  if (texts.length === 0) return null;
  return (
    <details class="desk-more">
      <summary>{tt("therapist.together.read")}</summary>
      <dl class="desk-said">
        {texts.map(([name, text]) => (
          <div key={name}>
            <dt>{isText(name) ? tt(`therapist.together.${name}`) : name}</dt>
            <dd dir="auto">{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function say(key: TherapistKey): string {
  return tt(key as "therapist.together.title");
}
