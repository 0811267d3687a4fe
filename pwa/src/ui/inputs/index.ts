import "../../styles/inputs.css";

/** The inputs of check-ins and exercises: controlled, nothing preset, every answer can be taken back. */
export { Affect, type AffectProps } from "./affect.tsx";
export { affectText } from "./affect-text.ts";
export { BodyMap, type BodyMapProps } from "./body-map.tsx";
export { Chips, type ChipsProps } from "./chips.tsx";
export { EmotionPicker, type EmotionPickerProps } from "./emotion-picker.tsx";
export { pickLabel } from "./emotion-words.ts";
export { RatingRow, type RatingRowProps } from "./rating-row.tsx";
export { Sensations, type SensationsProps } from "./sensations.tsx";
export { Switch, type SwitchProps } from "./switch.tsx";
export { Tile } from "./tile.tsx";
export type { AffectValue, Option, Pick, SensationAt } from "./types.ts";
