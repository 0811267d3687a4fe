import { useEffect } from "preact/hooks";
import { toldOffline } from "../data/flags.ts";
import { library } from "../data/library.ts";
import { type Status, status } from "../data/status.ts";
import { t } from "./words.ts";
import { offlineReady } from "./worker.ts";

const LONG_ENOUGH = 8_000;

/** One line of fixed height that tells the truth about what was sent, and once that the app works offline. */
export function StatusLine() {
  const now = status.value;
  const { waiting, refused } = now;
  const news = offlineReady.value && library.value !== null && toldOffline.value.value === false;
  useEffect(() => {
    if (!news) return;
    const timer = setTimeout(() => void toldOffline.set(true), LONG_ENOUGH);
    return () => clearTimeout(timer);
  }, [news]);
  return (
    <div class="status" role="status">
      {news && waiting === 0 && refused === 0 ? t("foundation.notice.offlineReady") : <Truth now={now} />}
    </div>
  );
}

/** Nothing is said before it was counted what waits. */
function Truth({ now }: { now: Status }) {
  const { waiting, refused } = now;
  if (waiting === null || refused === null) return null;
  if (refused > 0) return <a href="/settings/unsent">{t("foundation.status.refused", { n: refused })}</a>;
  if (now.signedOut && waiting > 0) return <a href="/join">{t("foundation.status.signedOut", { n: waiting })}</a>;
  return <>{words(now, waiting)}</>;
}

function words({ sending, reachable }: Status, waiting: number): string {
  if (waiting > 0) return t(sending ? "foundation.status.sending" : "foundation.status.waiting", { n: waiting });
  if (reachable === "no") return t("foundation.status.offline");
  return t(reachable === "yes" ? "foundation.status.sent" : "foundation.status.here");
}
