import { Tile } from "./tile.tsx";
import type { Meant } from "./types.ts";

/** What a list of words needs to know to show and change the choice. */
export type Choices = {
  chosen: ReadonlySet<string>;
  /** Another word would be one too many. */
  noRoom: boolean;
  pick: (id: string) => void;
  onFull: () => void;
};

/** Words with their one-line meaning, each a choice. */
export function Words({ words, choices }: { words: readonly Meant[]; choices: Choices }) {
  return (
    <div class="tiles-rows">
      {words.map((word) => (
        <Choice key={word.id} id={word.id} label={word.label} description={word.definition} choices={choices} />
      ))}
    </div>
  );
}

type ChoiceProps = { id: string; label: string; description?: string; look?: "chip" | "row"; choices: Choices };

/** One word or other answer. */
export function Choice({ id, label, description, look = "row", choices }: ChoiceProps) {
  const checked = choices.chosen.has(id);
  return (
    <Tile type="checkbox" look={look} name={id} label={label} description={description} checked={checked}
      full={choices.noRoom && !checked} onPick={() => choices.pick(id)} onFull={choices.onFull} />
  );
}
