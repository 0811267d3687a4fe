import { useId, useState } from "preact/hooks";
import { t } from "../../app/words.ts";
import { Choice, type Choices, Words } from "./emotion-choice.tsx";
import type { Family } from "./types.ts";

type EmotionFamiliesProps = { families: readonly Family[]; choices: Choices };

/** The families in their fixed order; a tap opens one to its words, each with its meaning. */
export function EmotionFamilies({ families, choices }: EmotionFamiliesProps) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div class="families" role="group" aria-label={t("inputs.emotions.families")}>
      {families.map((family) => (
        <FamilyOf key={family.id} family={family} open={open === family.id} choices={choices}
          onToggle={() => setOpen(open === family.id ? null : family.id)} />
      ))}
    </div>
  );
}

type FamilyOfProps = { family: Family; open: boolean; choices: Choices; onToggle: () => void };

function FamilyOf({ family, open, choices, onToggle }: FamilyOfProps) {
  const panel = useId();
  const inside = [family.id, ...family.words.map((word) => word.id)].filter((id) => choices.chosen.has(id)).length;
  return (
    <>
      <button type="button" class="family" aria-expanded={open} aria-controls={open ? panel : undefined} onClick={onToggle}>
        <span>{family.label}</span>
        {inside > 0 && <span class="family-count">{t("inputs.emotions.chosen", { n: inside })}</span>}
      </button>
      {open && (
        <div class="family-words" id={panel} role="group" aria-label={family.label}>
          <p class="question-hint">{family.definition}</p>
          <Words words={family.words} choices={choices} />
          <Choice id={family.id} label={t("inputs.emotions.family_alone", { family: family.label })} choices={choices} />
        </div>
      )}
    </>
  );
}
