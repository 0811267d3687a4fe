// What a client shared, drawn as their own phone draws it: the same pictures, from the same formulas.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { localDay, zoneHere } from "../../history/days.ts";
import type { EntryKind } from "../../history/entries.ts";
import { periodUntil } from "../../history/series.ts";
import { BodyMap } from "../../history/views/body.tsx";
import { Exercises } from "../../history/views/exercises.tsx";
import { Lines } from "../../history/views/lines.tsx";
import { PeriodChoice, shownLength } from "../../history/views/period-choice.tsx";
import { NO_WORDS, type Shown } from "../../history/views/shown.ts";
import { Words } from "../../history/views/words.tsx";
import type { PartProps } from "./part.tsx";
import type { Chart } from "./parts.ts";
import { setsOf } from "./shared.ts";
import { exercisesIn, toldBetween, toldIn } from "./told.ts";
import "../../styles/history.css";
import "../../styles/inputs.css";

const KINDS: Record<Chart, readonly EntryKind[]> = { charts: ["checkin"], words: ["checkin"], body: ["checkin"], exercises: ["run"] };
type Props = Pick<PartProps, "library" | "records"> & { charts: readonly Chart[]; children: ComponentChildren };

/** `children` stands between the time that is chosen and what is drawn of it. */
export default function Charts({ charts, children, library, records }: Props) {
  return (
    <>
      <PeriodChoice />
      {children}
      {charts.map((one) => <One key={one} part={one} library={library} records={records} />)}
    </>
  );
}

function One({ part, library, records }: Pick<Props, "library" | "records"> & { part: Chart }) {
  const period = periodUntil(localDay(Date.now(), zoneHere()), shownLength.value);
  const told = useMemo(() => toldIn(records), [records]);
  const entries = useMemo(() => toldBetween(told, KINDS[part], period), [told, part, period.from, period.to]);
  const exerciseOf = useMemo(() => exercisesIn(library, setsOf(records)), [library, records]);
  const shown: Shown = { period, entries, vocabulary: library?.vocabulary ?? NO_WORDS };
  if (part === "words") return <Words {...shown} />;
  if (part === "body") return <BodyMap {...shown} />;
  return part === "exercises" ? <Exercises {...shown} exerciseOf={exerciseOf} /> : <Lines {...shown} />;
}
