import { useRoute } from "preact-iso/router";
import "../../styles/history.css";
import { later } from "../../app/later.tsx";
import { isDay, isMonth } from "../../history/month.ts";
import { HistoryDay } from "./history-day.tsx";
import { HistoryDetail } from "./history-detail.tsx";
import { HistoryList } from "./history-list.tsx";

export { readAhead } from "../../history/read-month.ts";

const views = {
  lines: later(() => import("./history-lines.tsx")),
  words: later(() => import("./history-words.tsx")),
  body: later(() => import("./history-body.tsx")),
  exercises: later(() => import("./history-exercises.tsx")),
  scenes: later(() => import("./history-scenes.tsx")),
  find: later(() => import("./history-find.tsx")),
};

/** What was saved: a month, a day, one entry, or all of it seen in another way. */
export function History() {
  const { id } = useRoute().params;
  if (id === undefined) return <HistoryList key="latest" month={null} />;
  if (isMonth(id)) return <HistoryList key={id} month={id} />;
  if (isDay(id)) return <HistoryDay key={id} day={id} />;
  const View = views[id as keyof typeof views];
  return View === undefined ? <HistoryDetail key={id} id={id} /> : <View />;
}

export default History;
