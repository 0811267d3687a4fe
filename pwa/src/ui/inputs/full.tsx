import { useState } from "preact/hooks";
import { t } from "../../app/words.ts";

/** Whether to say that there is no room for one more: after a tap that could not be taken. */
export function useFull(): { shown: boolean; say: () => void; clear: () => void } {
  const [shown, setShown] = useState(false);
  return { shown, say: () => setShown(true), clear: () => setShown(false) };
}

/** A line, spoken when it appears, that says how many fit and what to do. */
export function FullNotice({ shown, max }: { shown: boolean; max: number }) {
  return <p class="full-notice" role="status">{shown ? t("inputs.full", { n: max }) : ""}</p>;
}
