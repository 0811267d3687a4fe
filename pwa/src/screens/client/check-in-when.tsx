import { t } from "../../app/words.ts";
import type { When } from "../../checkin/draft.ts";
import { Chips } from "../../ui/inputs/index.ts";
import { Fold } from "./check-in-fold.tsx";
import type { Part } from "./check-in-form.tsx";

const TIMES: readonly When[] = ["now", "earlier", "yesterday", "older"];

/** Now, unless said otherwise. A moment of longer ago is kept as a note. */
export function CheckInWhen({ draft, change }: Part) {
  const options = TIMES.map((id) => ({ id, label: t(`checkin.when.${id}`) }));
  return (
    <Fold slim title={t("checkin.when")} answer={t(`checkin.when.${draft.when ?? "now"}`)}>
      <Chips label={t("checkin.when")} hideLabel options={options} value={draft.when === null ? [] : [draft.when]}
        onChange={([id]) => change({ when: TIMES.find((one) => one === id) ?? null })} />
      {draft.when === "older" && <p class="hint">{t("checkin.older_hint")}</p>}
    </Fold>
  );
}
