import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { t } from "../../app/words.ts";
import { drawn, figures, type View } from "./body-figures.ts";
import { BodyFigure } from "./body-figure.tsx";
import { isFull, toggledWithAlone } from "./choosing.ts";
import { FullNotice, useFull } from "./full.tsx";
import { Question } from "./question.tsx";
import { Tile } from "./tile.tsx";
import type { Option } from "./types.ts";

export type BodyMapProps = {
  label: string;
  hideLabel?: boolean | undefined;
  hint?: string | undefined;
  /** Leave a region out to hide it everywhere. */
  regions: readonly Option[];
  max: number;
  /** Answers that stand alone: "nowhere", "I don't know yet". */
  extra?: readonly Option[] | undefined;
  /** The side shown first. */
  view?: View | undefined;
  value: readonly string[];
  onChange: (value: string[]) => void;
};

const ALONE = ["nowhere", "unknown"];

/** The choice of form stays for as long as the app is open. */
const asList = signal(false);

/** Where in the body, on an outline or in a list: the same answer in two forms. */
export function BodyMap(props: BodyMapProps) {
  const { regions, extra = [], max, value, onChange } = props;
  const full = useFull();
  const alone = [...ALONE, ...extra.map((option) => option.id)];
  const places = [...regions, ...extra.filter((option) => !regions.some((region) => region.id === option.id))];
  const blocked = (id: string) => isFull(value, id, max, alone);
  const pick = (id: string) => {
    if (blocked(id)) return full.say();
    full.clear();
    onChange(toggledWithAlone(value, id, max, alone));
  };
  const tiles = (options: readonly Option[]) => (
    <div class="tiles">
      {options.map((option) => (
        <Tile key={option.id} type="checkbox" look="chip" name={option.id} label={option.label}
          checked={value.includes(option.id)} full={blocked(option.id)} onPick={() => pick(option.id)} onFull={full.say} />
      ))}
    </div>
  );
  return (
    <Question label={props.label} hideLabel={props.hideLabel} hint={props.hint} class="body-map">
      <button type="button" class="quiet" onClick={() => { asList.value = !asList.value; }}>
        {asList.value ? t("inputs.body.use_picture") : t("inputs.body.use_list")}
      </button>
      {asList.value ? tiles(places) : (
        <>
          <Picture regions={regions} first={props.view ?? "front"} value={value} pick={pick} />
          {tiles(places.filter((place) => !drawn.has(place.id)))}
        </>
      )}
      <p class="body-chosen">{chosenWords(places, value)}</p>
      <FullNotice shown={full.shown} max={max} />
    </Question>
  );
}

type PictureProps = { regions: readonly Option[]; first: View; value: readonly string[]; pick: (id: string) => void };

function Picture({ regions, first, value, pick }: PictureProps) {
  const views = (["front", "back", "head"] as const).filter((one) => figures[one].zones.some((zone) => regions.some(({ id }) => id === zone.id)));
  const [view, setView] = useState<View>(views.find((one) => one === first) ?? views[0] ?? first);
  return (
    <>
      <div class="tiles body-views" role="radiogroup" aria-label={t("inputs.body.views")}>
        {views.map((one) => (
          <Tile key={one} type="radio" look="chip" name="body-view" label={t(`inputs.body.${one}`)} checked={one === view}
            onPick={() => setView(one)} />
        ))}
      </div>
      <BodyFigure key={view} view={view} regions={regions} value={value} onPick={pick} />
    </>
  );
}

function chosenWords(places: readonly Option[], value: readonly string[]): string {
  if (value.length === 0) return t("inputs.body.none");
  const labels = value.map((id) => places.find((place) => place.id === id)?.label ?? id);
  return t("inputs.body.chosen", { places: labels.join(", ") });
}
