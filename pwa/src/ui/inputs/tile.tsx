import "../../styles/inputs.css";
import type { ComponentChildren } from "preact";

type TileProps = {
  type: "radio" | "checkbox";
  name: string;
  label: string;
  description?: string | undefined;
  /** Spoken name, where the label alone says too little (a bare number). */
  spoken?: string | undefined;
  checked: boolean;
  /** No room for one more: a tap says so and changes nothing. */
  full?: boolean | undefined;
  look: "chip" | "row" | "number";
  onPick: () => void;
  onFull?: (() => void) | undefined;
  children?: ComponentChildren | undefined;
};

/** One native radio button or checkbox with a large face. Tapping a chosen radio button takes the choice back,
 *  and so does Backspace or Delete. */
export function Tile(props: TileProps) {
  const { type, name, label, description, spoken, checked, full = false, look } = props;
  const pick = (event: MouseEvent) => {
    if (full) {
      event.preventDefault();
      props.onFull?.();
    } else props.onPick();
  };
  const key = (event: KeyboardEvent) => {
    if (type === "radio" && checked && (event.key === "Backspace" || event.key === "Delete")) props.onPick();
  };
  return (
    <label class={`tile tile-${look}`}>
      <input class="tile-input" type={type} name={name} checked={checked} aria-label={spoken}
        aria-disabled={full ? true : undefined} onClick={pick} onKeyDown={key} />
      <span class="tile-face">
        {look !== "number" && <Tick />}
        <span class="tile-words">
          <span class="tile-label">{label}</span>
          {description !== undefined && <span class="tile-description">{description}</span>}
        </span>
      </span>
    </label>
  );
}

function Tick() {
  return (
    <svg class="tick" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="M3 8.5 6.5 12 13 4.5" fill="none" stroke="currentColor" stroke-width="2.2"
        stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
