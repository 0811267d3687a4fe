// An exercise as it is served: structure and words in one, and the vocabulary its steps pick from.
// What a step type means is told in server/content/steps.py; a new type is one interface here and one component.

export type Intensity = "low" | "medium" | "high";
export type Access = "always" | "self" | "after-ok" | "therapist";
export type Share = "private" | "ask" | "shared";
export type RuleCode = "R2" | "R3" | "R4";
export type MeasureCode = "D" | "K" | "S" | "P" | "C" | "other";

/**
 * Where a step leads: a step's id, or "next" | "finish" | "leave" | "ground" | "help" | "restart" | "exercise:<id>".
 */
export type Target = string;

/** What an answer is compared with. Without an answer only `unset` and `lacks` hold. */
export interface Test {
  is?: string[];
  at_least?: number;
  at_most?: number;
  unset?: true;
  has?: string;
  lacks?: string;
}
export interface Condition extends Test {
  on: string;
}
export interface Case extends Test {
  go: Target;
}

/** The words of an emotion picker: exactly one of the five, and how many of them. */
export interface Guess {
  nearest?: string;
  families_of?: string;
  weaker_than?: string;
  stronger_than?: string;
  /** The words picked under this key, the person's own among them. */
  picked?: string;
  count?: number;
}

interface Base {
  id: string;
  text: string | null;
  words: Readonly<Record<string, string>>;
  seconds: number;
  skip?: boolean;
  key?: string | null;
  show_if?: Condition | null;
  next?: Target | Record<string, Target> | null;
  share?: Share | null;
  /** The lengths of the exercise, in minutes, it is part of; without it, of all. */
  lengths?: number[] | null;
  /** Answers from before that are shown again. */
  quotes?: string[] | null;
  /** There only when one of these was written together; the server leaves out the others. */
  needs?: string[] | null;
}
interface Spoken extends Base {
  pause?: number;
}

export interface Say extends Spoken {
  type: "say";
  shows?: "date" | null;
}
export interface Settle extends Spoken {
  type: "settle";
  autostart?: boolean;
}
export interface Attend extends Spoken {
  type: "attend";
  region: string;
}
export interface Anchor extends Spoken {
  type: "anchor";
  sense: string;
  count?: number | null;
  haptic?: "optional" | null;
}
export interface Imagine extends Spoken {
  type: "imagine";
  cue?: "soft_tone" | "end_tone" | null;
  eyes?: "choice" | "open" | "closed";
}
export interface Move extends Spoken {
  type: "move";
  posture: string;
}
export interface Pause extends Spoken {
  type: "pause";
  show?: "ring" | "nothing";
}
/** One breath, in seconds. */
export interface Pace {
  id: string;
  in: number;
  hold_in?: number;
  out: number;
  hold_out?: number;
}
export interface Breathe extends Base, Omit<Pace, "id"> {
  type: "breathe";
  cycles: number;
  /** About how long, whatever the pace; it takes the place of `cycles`. */
  minutes?: number | null;
  in_free?: boolean;
  /** To pick one from before it starts. Their words are the step's, by id. */
  presets?: Pace[] | null;
  shape?: "circle" | "line" | "words";
  haptic?: boolean;
}
export interface Choice extends Base {
  type: "choice";
  options?: string[];
  extra?: string[];
  source?: "wishes" | null;
  multi?: boolean;
  max?: number | null;
  sets?: "eyes" | null;
  families?: Record<string, string[]>;
}
export interface Rate extends Base {
  type: "rate";
  min: number;
  max: number;
  measure: MeasureCode;
  rule?: RuleCode | null;
  gate?: { at_most: number; else: Target } | null;
  mode?: "three-when-closed" | null;
  per_pick?: string | null;
}
export interface Affect extends Base {
  type: "affect";
}
export interface Emotions extends Base {
  type: "emotions";
  source: "all" | Guess | Guess[];
  max: number;
  extra?: string[];
  own_word?: boolean;
  levels?: number | null;
  adds?: boolean;
}
export interface BodyMap extends Base {
  type: "body_map";
  max: number;
  view?: "front_back" | "front";
  /** Only these, or all but those. */
  regions?: string[] | null;
  hidden_regions?: string[] | null;
  extra?: string[];
}
export interface Sensations extends Base {
  type: "sensations";
  max: number;
  per_region?: boolean;
  extra?: string[];
}
export interface Text extends Base {
  type: "text";
  max_chars: number;
  saves_as?: string | null;
}
export interface Checklist extends Base {
  type: "checklist";
  items: string[];
  all_required?: boolean;
  else?: Target | null;
}
export interface Recall extends Base {
  type: "recall";
  /** The name of something saved, or "scenes". */
  from: string;
  /** How many scenes, side by side. */
  count?: number;
  readonly?: boolean;
}
export interface Branch extends Base {
  type: "branch";
  on?: string | null;
  cases?: Case[];
  otherwise?: Target | null;
  offer?: string[];
  offers?: Record<string, Target>;
  offers_if?: Condition | null;
}
/** Fields to fill in; steps with one key fill one form. */
export interface Episode extends Base {
  type: "episode";
  fields: string[];
}
export interface Plan extends Base {
  type: "plan";
  /** All of words, but `sure`: 0 to 10. */
  fields: string[];
  saves_as?: string | null;
  /** The saved plan whose fields stand in it at first. */
  from?: string | null;
}
/** Two voices in turn, `turns` times each, and a third at the end if there is one. */
export interface Dialogue extends Base {
  type: "dialogue";
  voices: string[];
  turns: number;
  max_chars?: number;
  third?: string | null;
  aloud?: boolean;
}
export interface Compare extends Base {
  type: "compare";
  /** Ratings of one question, in the order they were asked. */
  keys: string[];
}
export interface Support extends Base {
  type: "support";
  level: "A" | "B";
}
export interface Close extends Base {
  type: "close";
  offer: string[];
  offers?: Record<string, Target>;
  rule?: RuleCode | null;
  lock?: boolean;
}

export type Step =
  | Say | Settle | Attend | Anchor | Imagine | Move | Pause | Breathe
  | Choice | Rate | Affect | Emotions | BodyMap | Sensations | Text | Checklist
  | Recall | Branch | Episode | Plan | Dialogue | Compare | Support | Close;

export interface Threshold {
  at: number;
  rise: number;
}
export interface Limits {
  gate: number;
  hours: [from: string, to: string];
  lock_hours: number;
  max_in_7_days: number;
  expires_days: number;
  sync_hours: number;
}
export interface Measure {
  code: MeasureCode;
  before: string;
  after: string;
}

export interface Length {
  minutes: number;
  label: string;
}

export interface Exercise {
  id: string;
  version: number;
  family: string;
  functions: string[];
  intensity: Intensity;
  access: Access;
  minutes: number;
  /** What a person chooses from at the start; `minutes` is the usual one. */
  lengths?: Length[] | null;
  contraindications: string[];
  stop_rules: string[];
  lighter?: string | null;
  measures: Measure[];
  rules?: Partial<Record<RuleCode, Threshold>>;
  limits?: Limits | null;
  /** How many scenes of the person's own it looks at. */
  needs_scenes?: number;
  title: string;
  summary: string;
  caution?: string | null;
  /** What client and therapist wrote together for it, by name. */
  texts?: Readonly<Record<string, string>>;
  /** The steps that a therapist wrote other words for, for one client. */
  tailored?: readonly string[];
  steps: Step[];
}

export interface Named {
  id: string;
  label: string;
}
export interface EmotionWord extends Named {
  v: number;
  a: number;
  definition: string;
}
export interface EmotionFamily extends Named {
  definition: string;
  words: EmotionWord[];
}
/** A word of the person and their therapist. `off`: it can't be picked any more, and what was picked keeps its name. */
export interface SharedWord extends Named {
  definition: string;
  off: boolean;
}
/** The words of the two, in a place of their own. They are in no family and nowhere on the square. */
export interface SharedWords {
  label: string;
  definition: string;
  words: SharedWord[];
}
export interface Vocabulary {
  families: EmotionFamily[];
  shared?: SharedWords;
  special: Named[];
  regions: Named[];
  sensations: Named[];
  wishes: Named[];
  contexts: { where: Named[]; with: Named[]; people: Named[] };
}

/** The public exercises in one locale, as `GET /api/exercises` answers. */
export interface Library {
  locale: string;
  version: string;
  exercises: Exercise[];
  vocabulary: Vocabulary;
}

// --- Answers, by step type: a number, an option, several, a place on the square, words, sensations, free words, the fields
// of a form, the turns of a dialogue.

export interface Dot {
  v: number;
  a: number;
}
export interface Picked {
  id: string;
  strength?: number;
  own?: string;
}
export interface Sensed {
  id: string;
  region?: string;
}
/** What a form holds so far, by field. */
export type Filled = Record<string, string | number>;
/** One turn of a dialogue: what the voice `id` said. While it goes on, a turn that was passed over is there without words. */
export interface Said {
  id: string;
  text: string;
  /** Said out loud instead of written. */
  aloud?: true;
}
export type Answer = number | string | string[] | Dot | Picked[] | Sensed[] | Said[] | Filled;
