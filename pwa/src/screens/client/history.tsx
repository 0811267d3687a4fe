import { useRoute } from "preact-iso/router";
import "../../styles/history.css";
import { HistoryDetail } from "./history-detail.tsx";
import { HistoryList } from "./history-list.tsx";

/** What was saved: all of it by day, or one entry. */
export function History() {
  const { id } = useRoute().params;
  return id === undefined ? <HistoryList /> : <HistoryDetail key={id} id={id} />;
}

export default History;
