import { Lines } from "../../history/views/lines.tsx";
import { Charted } from "./history-charted.tsx";

/** How pleasant and how hard it was, over a month, three months or a year. */
export default function HistoryLines() {
  return <Charted view="lines" kinds={["checkin"]} chart={Lines} />;
}
