import { t } from "../../app/words.ts";
import { Chips } from "./chips.tsx";
import type { Option, SensationAt } from "./types.ts";

export type SensationsProps = {
  label: string;
  hideLabel?: boolean | undefined;
  sensations: readonly Option[];
  /** The most for one region, or in all when no regions are given. */
  max: number;
  extra?: readonly Option[] | undefined;
  /** Asked one region at a time when given. */
  regions?: readonly Option[] | undefined;
  value: readonly SensationAt[];
  onChange: (value: SensationAt[]) => void;
};

/** What it is like there: words for sensations, in all or for each region. */
export function Sensations(props: SensationsProps) {
  const { label, hideLabel, regions = [] } = props;
  if (regions.length === 0) return <Of {...props} title={label} hidden={hideLabel ?? false} />;
  return (
    <div class="sensations" role="group" aria-label={label}>
      {hideLabel !== true && <p class="question-label">{label}</p>}
      {regions.map((region) => (
        <Of key={region.id} {...props} title={t("inputs.sensations.at", { region: region.label })} hidden={false}
          region={region.id} />
      ))}
    </div>
  );
}

function Of(props: SensationsProps & { title: string; hidden: boolean; region?: string }) {
  const { sensations, extra = [], max, value, onChange, region } = props;
  const others = value.filter((one) => one.region !== region);
  const mine = value.filter((one) => one.region === region).map((one) => one.id);
  const listed = new Set(sensations.map((option) => option.id));
  const options = [...sensations.filter((option) => option.id !== "own_word"), ...extra.filter(({ id }) => !listed.has(id))];
  const at = (id: string): SensationAt => (region === undefined ? { id } : { id, region });
  return (
    <Chips label={props.title} hideLabel={props.hidden} multi max={max} options={options}
      alone={["unknown", ...extra.map((option) => option.id)]} value={mine}
      onChange={(ids) => onChange([...others, ...ids.map(at)])} />
  );
}
