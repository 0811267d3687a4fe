import { useId } from "preact/hooks";
import { isFull, toggledWithAlone } from "./choosing.ts";
import { FullNotice, useFull } from "./full.tsx";
import { Question } from "./question.tsx";
import { Tile } from "./tile.tsx";
import type { Option } from "./types.ts";

export type ChipsProps = {
  label: string;
  hideLabel?: boolean | undefined;
  hint?: string | undefined;
  options: readonly Option[];
  /** Several answers; without it, one. */
  multi?: boolean | undefined;
  max?: number | undefined;
  /** Ids that stand alone, such as "None of these". */
  alone?: readonly string[] | undefined;
  /** Full-width rows instead of chips that flow: for longer words. */
  rows?: boolean | undefined;
  value: readonly string[];
  onChange: (value: string[]) => void;
};

/** A choice of one or several. Nothing is preset; every choice can be taken back by tapping it again. */
export function Chips(props: ChipsProps) {
  const { options, multi = false, alone = [], rows = false, value, onChange } = props;
  const max = multi ? (props.max ?? options.length) : 1;
  const name = useId();
  const full = useFull();
  const pick = (id: string) => {
    full.clear();
    onChange(toggledWithAlone(value, id, max, alone));
  };
  return (
    <Question label={props.label} hideLabel={props.hideLabel} hint={props.hint}>
      <div class={rows ? "tiles-rows" : "tiles"}>
        {options.map((option) => (
          <Tile key={option.id} type={multi ? "checkbox" : "radio"} look={rows ? "row" : "chip"} name={name}
            label={option.label} description={option.description} checked={value.includes(option.id)}
            full={multi && isFull(value, option.id, max, alone)} onPick={() => pick(option.id)} onFull={full.say} />
        ))}
      </div>
      {multi && max < options.length && <FullNotice shown={full.shown} max={max} />}
    </Question>
  );
}
