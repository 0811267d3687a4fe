import { BodyMap } from "../../history/views/body.tsx";
import { Charted } from "./history-charted.tsx";

/** Where in the body something was felt, and which words came with it. */
export default function HistoryBody() {
  return <Charted view="body" kinds={["checkin"]} chart={BodyMap} />;
}
