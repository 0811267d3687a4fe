import { useId } from "preact/hooks";
import { t } from "../../app/words.ts";
import { Question } from "./question.tsx";
import { Tile } from "./tile.tsx";

export type RatingRowProps = {
  label: string;
  hideLabel?: boolean | undefined;
  hint?: string | undefined;
  min: number;
  max: number;
  /** What the lowest and the highest number mean. */
  low: string;
  high: string;
  value: number | null;
  onChange: (value: number | null) => void;
  /** With `onUnsaid`, "I'd rather not say" is offered as an answer of its own. */
  unsaid?: boolean | undefined;
  onUnsaid?: ((unsaid: boolean) => void) | undefined;
};

/** A row of numbers that wraps. Nothing is preset; tapping the chosen number takes it back. */
export function RatingRow(props: RatingRowProps) {
  const { label, min, max, low, high, value, onChange, unsaid = false, onUnsaid } = props;
  const name = useId();
  const numbers = Array.from({ length: max - min + 1 }, (_, index) => min + index);
  const pick = (number: number) => {
    if (unsaid) onUnsaid?.(false);
    onChange(value === number ? null : number);
  };
  return (
    <Question label={label} hideLabel={props.hideLabel} hint={props.hint} class="rating">
      <p class="rating-ends" aria-hidden="true">
        <span>{min} · {low}</span>
        <span>{max} · {high}</span>
      </p>
      <div class={numbers.length > 6 ? "rating-numbers rating-long" : "rating-numbers"}>
        {numbers.map((number) => (
          <Tile key={number} type="radio" look="number" name={name} label={String(number)}
            spoken={spoken(number, props)} checked={!unsaid && value === number} onPick={() => pick(number)} />
        ))}
      </div>
      {onUnsaid !== undefined && (
        <Tile type="checkbox" look="chip" name={`${name}-unsaid`} label={t("inputs.unsaid")} checked={unsaid}
          onPick={() => { onChange(null); onUnsaid(!unsaid); }} />
      )}
    </Question>
  );
}

function spoken(number: number, { min, max, low, high }: RatingRowProps): string {
  if (number === min) return `${number}, ${low}`;
  if (number === max) return `${number}, ${high}`;
  return String(number);
}
