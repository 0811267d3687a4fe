import { useId, useState } from "preact/hooks";
import { t } from "../../app/words.ts";
import { Choice, type Choices, Words } from "./emotion-choice.tsx";
import type { Family, Meant } from "./types.ts";

/** Words in a place of their own, that make no family: without `id` it can't be picked itself. */
export type Group = Pick<Family, "label" | "definition"> & { id?: string; words: readonly Meant[] };
type EmotionFamiliesProps = { families: readonly Family[]; first: Group | null; choices: Choices };
const FIRST = "";

/** The families in their fixed order, and a group before them; a tap opens one to its words, each with its meaning. */
export function EmotionFamilies({ families, first, choices }: EmotionFamiliesProps) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div class="families" role="group" aria-label={t("inputs.emotions.families")}>
      {first !== null && <FamilyOf family={first} open={open === FIRST} choices={choices} onToggle={() => setOpen(open === FIRST ? null : FIRST)} />}
      {families.map((family) => (
        <FamilyOf key={family.id} family={family} open={open === family.id} choices={choices}
          onToggle={() => setOpen(open === family.id ? null : family.id)} />
      ))}
    </div>
  );
}

type FamilyOfProps = { family: Group; open: boolean; choices: Choices; onToggle: () => void };

function FamilyOf({ family, open, choices, onToggle }: FamilyOfProps) {
  const panel = useId();
  const ids = [...family.words.map((word) => word.id), ...(family.id === undefined ? [] : [family.id])];
  const inside = ids.filter((id) => choices.chosen.has(id)).length;
  return (
    <>
      <button type="button" class={family.id === undefined ? "family whole-row" : "family"} aria-expanded={open} aria-controls={open ? panel : undefined} onClick={onToggle}>
        <span>{family.label}</span>
        {inside > 0 && <span class="family-count">{t("inputs.emotions.chosen", { n: inside })}</span>}
      </button>
      {open && (
        <div class="family-words" id={panel} role="group" aria-label={family.label}>
          <p class="question-hint">{family.definition}</p>
          <Words words={family.words} choices={choices} />
          {family.id !== undefined && <Choice id={family.id} label={t("inputs.emotions.family_alone", { family: family.label })} choices={choices} />}
        </div>
      )}
    </>
  );
}
