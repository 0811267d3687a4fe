import { t } from "../../history/entry-words.ts";
import type { Shown } from "../../history/views/shown.ts";
import { Words } from "../../history/views/words.tsx";
import { Charted } from "./history-charted.tsx";

/** Which words were used how often, by family; own words; and how many different ones over time. */
export default function HistoryWords() {
  return <Charted view="words" kinds={["checkin"]} chart={Here} />;
}

/** Own words are said to stay on this phone. */
function Here(shown: Shown) {
  return <Words {...shown} ownMark={t("history.private_part")} />;
}
