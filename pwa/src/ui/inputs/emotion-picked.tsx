import { t } from "../../app/words.ts";
import { pickLabel } from "./emotion-words.ts";
import { RatingRow } from "./rating-row.tsx";
import type { Option, Pick, WordFamilies } from "./types.ts";

type EmotionPickedProps = {
  vocabulary: WordFamilies;
  extra: readonly Option[];
  picks: readonly Pick[];
  levels: boolean;
  onStrength: (at: number, strength: number | null) => void;
  onRemove: (at: number) => void;
};

/** What is picked so far, each with its strength if asked, each removable. */
export function EmotionPicked({ vocabulary, extra, picks, levels, onStrength, onRemove }: EmotionPickedProps) {
  if (picks.length === 0) return null;
  return (
    <div class="picked" role="group" aria-label={t("inputs.emotions.picked")}>
      {picks.map((pick, at) => {
        const label = pickLabel(pick, vocabulary, extra);
        return (
          <div class="picked-one" key={pick.own ?? pick.id}>
            <div class="picked-head">
              <span class="picked-word">{label}</span>
              {pick.own !== undefined && <span class="private-mark">{t("inputs.only_here")}</span>}
              <button type="button" class="quiet" aria-label={t("inputs.emotions.remove", { word: label })}
                onClick={() => onRemove(at)}>{t("inputs.remove")}</button>
            </div>
            {levels && !extra.some((option) => option.id === pick.id) && (
              <RatingRow label={t("inputs.emotions.strength", { word: label })} min={1} max={5}
                low={t("inputs.emotions.trace")} high={t("inputs.emotions.strong")} value={pick.strength ?? null}
                onChange={(strength) => onStrength(at, strength)} />
            )}
          </div>
        );
      })}
    </div>
  );
}
