import { Switch } from "../../ui/inputs/switch.tsx";
import { Tile } from "../../ui/inputs/tile.tsx";
import type { Look } from "./preview-phone.tsx";
import { tt } from "./words.ts";

type Props = { look: Look; large: boolean; onLook: (look: Look) => void; onLarge: (large: boolean) => void };

const LOOKS = ["device", "light", "dark", "night"] as const;

/** How the phone is set: its colours, and the size of its letters. */
export function Looks({ look, large, onLook, onLarge }: Props) {
  return (
    <>
      <fieldset>
        <legend class="small muted">{tt("therapist.play.look")}</legend>
        <div class="chips">
          {LOOKS.map((one) => (
            <Tile key={one} type="radio" look="chip" name="look" label={tt(`therapist.play.look_${one}`)} checked={look === one}
              onPick={() => onLook(one)} />
          ))}
        </div>
      </fieldset>
      <Switch label={tt("therapist.play.large")} on={large} onChange={onLarge} />
    </>
  );
}
