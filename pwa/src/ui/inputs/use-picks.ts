import { useRef } from "preact/hooks";
import type { Choices } from "./emotion-choice.tsx";
import { toggledPick, withOwnWord } from "./emotion-words.ts";
import { useFull } from "./full.tsx";
import type { Option, Pick } from "./types.ts";

/** Answers that can stand beside a word; every other extra answer stands alone. */
const BESIDE_WORDS = ["mixed", "own_word"];

type Picking = { extra: readonly Option[]; max: number; value: readonly Pick[]; onChange: (value: Pick[]) => void };

/** How picks change. "I don't know yet" puts the words aside; taking it back brings them back. */
export function usePicks({ extra, max, value, onChange }: Picking) {
  const setAside = useRef<readonly Pick[]>([]);
  const full = useFull();
  const alone = extra.map((option) => option.id).filter((id) => !BESIDE_WORDS.includes(id));
  const words = value.filter((pick) => !alone.includes(pick.id));
  const chosen = new Set(value.map((pick) => pick.id));
  const noRoom = max > 1 && words.length >= max;
  const pick = (id: string) => {
    full.clear();
    if (!alone.includes(id)) return onChange(toggledPick(value, id, max, alone));
    onChange(chosen.has(id) ? [...setAside.current] : [{ id }]);
    setAside.current = chosen.has(id) ? [] : words;
  };
  const addOwn = (own: string) => {
    if (noRoom) full.say();
    else onChange(withOwnWord(value, own, max, alone));
    return !noRoom;
  };
  const remove = (at: number) => {
    full.clear();
    onChange(value.filter((_, index) => index !== at));
  };
  const choices: Choices = { chosen, noRoom, pick, onFull: full.say };
  return { choices, addOwn, remove, fullShown: full.shown };
}
