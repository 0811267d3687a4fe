import { exerciseOf } from "../../data/library.ts";
import { Exercises } from "../../history/views/exercises.tsx";
import type { Shown } from "../../history/views/shown.ts";
import { Charted } from "./history-charted.tsx";

/** Each exercise with all its numbers before and after. */
export default function HistoryExercises() {
  return <Charted view="exercises" kinds={["run"]} chart={Here} />;
}

function Here(shown: Shown) {
  return <Exercises {...shown} exerciseOf={exerciseOf} />;
}
