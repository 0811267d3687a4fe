import { useState } from "preact/hooks";
import { t } from "../../app/words.ts";
import { Choice, type Choices, Words } from "./emotion-choice.tsx";
import { EmotionFamilies, type Group } from "./emotion-families.tsx";
import { EmotionPicked } from "./emotion-picked.tsx";
import { allWords, byDistance, search, withStrength } from "./emotion-words.ts";
import { FullNotice } from "./full.tsx";
import { OwnWord } from "./own-word.tsx";
import { Question } from "./question.tsx";
import { Tile } from "./tile.tsx";
import type { AffectValue, Family, Meant, Option, Pick as Picked, WordFamilies } from "./types.ts";
import { usePicks } from "./use-picks.ts";

export type EmotionPickerProps = {
  label: string;
  hideLabel?: boolean | undefined;
  hint?: string | undefined;
  vocabulary: WordFamilies;
  /** A place on the affect square: words are ordered by their distance to it. */
  near?: AffectValue | null | undefined;
  /** Only these families. */
  families?: readonly string[] | undefined;
  /** Only these words, in this order, without families. */
  only?: readonly string[] | undefined;
  /** Words of the person's own from before, after those. */
  owns?: readonly string[] | undefined;
  max: number;
  /** Answers that are not words. "unknown" is shown first and last. */
  extra: readonly Option[];
  /** A word of the person's own may be added; it stays private. */
  ownWord?: boolean | undefined;
  /** Each word may be given a strength from 1 to 5. */
  levels?: boolean | undefined;
  value: readonly Picked[];
  onChange: (value: Picked[]) => void;
};

const SUGGESTIONS = 5;

/** Words for a feeling. Nothing is preset, no answer is wrong, and not knowing yet is an answer. */
export function EmotionPicker(props: EmotionPickerProps) {
  const { vocabulary, extra, max, value, onChange, only } = props;
  const { choices, addOwn, remove, fullShown } = usePicks(props);
  const unknown = extra.find((option) => option.id === "unknown");
  const others = extra.filter((option) => option.id !== "unknown" && option.id !== "own_word");
  return (
    <Question label={props.label} hideLabel={props.hideLabel} hint={props.hint} class="emotions">
      {unknown !== undefined && <div class="tiles"><Extra option={unknown} choices={choices} /></div>}
      {only === undefined
        ? <Browse families={familiesFor(props)} first={sharedFor(props)} near={props.near ?? null} choices={choices} />
        : <Words words={wordsById(vocabulary, only)} choices={choices} />}
      {props.owns !== undefined && props.owns.length > 0 && <Owns {...props} owns={props.owns} add={addOwn} remove={remove} />}
      {props.ownWord === true && <OwnWord onAdd={addOwn} />}
      <div class="tiles">
        {others.map((option) => <Extra key={option.id} option={option} choices={choices} />)}
        {unknown !== undefined && <Extra option={unknown} choices={choices} />}
      </div>
      {max > 1 && <FullNotice shown={fullShown} max={max} />}
      <EmotionPicked vocabulary={vocabulary} extra={extra} picks={value} levels={props.levels === true} onRemove={remove}
        onStrength={(at, strength) => onChange(withStrength(value, at, strength))} />
    </Question>
  );
}

type OwnsProps = Pick<EmotionPickerProps, "value"> & { owns: readonly string[]; add: (own: string) => boolean; remove: (at: number) => void };

/** Words of the person's own from before, each a choice again. */
function Owns({ owns, value, add, remove }: OwnsProps) {
  return (
    <div class="tiles-rows">
      {owns.map((own) => {
        const at = value.findIndex((pick) => pick.own === own);
        return (
          <Tile key={own} type="checkbox" look="row" name={`own ${own}`} label={own} description={t("inputs.only_here")}
            checked={at >= 0} onPick={() => (at >= 0 ? remove(at) : add(own))} />
        );
      })}
    </div>
  );
}

/** There is always room for an answer that is not a word. */
function Extra({ option, choices }: { option: Option; choices: Choices }) {
  return <Choice id={option.id} label={option.label} look="chip" choices={{ ...choices, noRoom: false }} />;
}

type BrowseProps = { families: readonly Family[]; first: Group | null; near: AffectValue | null; choices: Choices };

/** The families, those near the dot before them; what is typed into the search takes their place. */
function Browse({ families, first, near, choices }: BrowseProps) {
  const [typed, setTyped] = useState("");
  return (
    <>
      <label class="field">
        <span class="visually-hidden">{t("inputs.emotions.search")}</span>
        <input class="input" type="search" value={typed} placeholder={t("inputs.emotions.search")} autocomplete="off"
          onInput={(event) => setTyped(event.currentTarget.value)} />
      </label>
      {typed.trim() !== "" ? <Found words={search<Meant>(first === null ? families : [first, ...families], typed)} choices={choices} /> : (
        <>
          {near !== null && <Near words={byDistance(families.flatMap((family) => family.words), near).slice(0, SUGGESTIONS)} choices={choices} />}
          <EmotionFamilies families={families} first={first} choices={choices} />
        </>
      )}
    </>
  );
}

function Found({ words, choices }: { words: readonly Meant[]; choices: Choices }) {
  return words.length === 0
    ? <p class="question-hint" role="status">{t("inputs.emotions.none_found")}</p>
    : <Words words={words} choices={choices} />;
}

function Near({ words, choices }: { words: readonly Meant[]; choices: Choices }) {
  return (
    <div class="emotions-near" role="group" aria-label={t("inputs.emotions.near")}>
      <p class="question-hint">{t("inputs.emotions.near")}</p>
      <div class="tiles">
        {words.map((word) => <Choice key={word.id} id={word.id} label={word.label} look="chip" choices={choices} />)}
      </div>
    </div>
  );
}

function familiesFor({ vocabulary, families, near }: EmotionPickerProps): Family[] {
  const wanted = vocabulary.families.filter((family) => families?.includes(family.id) ?? true);
  if (near === undefined || near === null) return wanted;
  return wanted.map((family) => ({ ...family, words: byDistance(family.words, near) }));
}

/** The words of the person and their therapist that can be picked; none where only some families are asked for. */
function sharedFor({ vocabulary: { shared }, families }: EmotionPickerProps): Group | null {
  const words = families === undefined ? (shared?.words.filter(({ off }) => !off) ?? []) : [];
  return shared === undefined || words.length === 0 ? null : { label: shared.label, definition: shared.definition, words };
}

function wordsById(vocabulary: WordFamilies, ids: readonly string[]): Meant[] {
  const words = new Map(allWords(vocabulary).map((word) => [word.id, word]));
  return ids.flatMap((id) => words.get(id) ?? []);
}
