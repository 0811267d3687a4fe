import { useMemo, useState } from "preact/hooks";
import { t } from "../../app/words.ts";
import type { CheckIn, LocalRecord } from "../../data/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { ENOUGH, type Measure, periodUntil, pointsOf } from "../../history/series.ts";
import { Tile } from "../../ui/inputs/tile.tsx";
import { HistoryChart } from "./history-chart.tsx";

const LENGTHS = [30, 90] as const;
const MEASURES: readonly Measure[] = ["pleasant", "distress"];

/** Pleasantness and distress over 30 or 90 days. */
export function HistoryCharts({ records }: { records: readonly LocalRecord[] }) {
  const [length, setLength] = useState<number>(LENGTHS[0]);
  const period = periodUntil(localDay(Date.now(), zoneHere()), length);
  const checkIns = records.filter((record) => record.kind === "checkin") as readonly LocalRecord<CheckIn>[];
  const points = MEASURES.map((measure) => ({ measure, points: pointsOf(checkIns, measure, period) }));
  // Drawn again only when a point is another: that entries were sent, one batch after the other, moves none of them.
  const drawn = useMemo(
    () => points.map((of) => <HistoryChart key={of.measure} {...of} period={period} />),
    [JSON.stringify([points, period])],
  );
  return (
    <section class="stack" aria-labelledby="history-charts">
      <div class="row spread">
        <h2 id="history-charts">{t("history.chart.title")}</h2>
        <fieldset class="tiles">
          <legend class="visually-hidden">{t("history.chart.period")}</legend>
          {LENGTHS.map((one) => (
            <Tile key={one} type="radio" look="chip" name="history-period" label={t("history.chart.days", { n: one })}
              checked={one === length} onPick={() => setLength(one)} />
          ))}
        </fieldset>
      </div>
      {points.every((of) => of.points.length < ENOUGH) ? (
        <p class="card muted">{t("history.chart.none_enough", { n: ENOUGH })}</p>
      ) : (
        <>
          {drawn}
          <p class="hint">{t("history.chart.key")}</p>
        </>
      )}
    </section>
  );
}
