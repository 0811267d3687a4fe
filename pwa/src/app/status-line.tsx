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
  const news = offlineReady.value && library.value !== null && toldOffline.value.value === false;
  useEffect(() => {
    if (!news) return;
    const timer = setTimeout(() => void toldOffline.set(true), LONG_ENOUGH);
    return () => clearTimeout(timer);
  }, [news]);
  return (
    <div class="status" role="status">
      {news && now.waiting + now.refused === 0 ? t("foundation.notice.offlineReady") : <Truth now={now} />}
    </div>
  );
}

function Truth({ now }: { now: Status }) {
  if (now.refused > 0) return <a href="/settings/unsent">{t("foundation.status.refused", { n: now.refused })}</a>;
  if (now.signedOut && now.waiting > 0) return <a href="/join">{t("foundation.status.signedOut", { n: now.waiting })}</a>;
  return <>{words(now)}</>;
}

function words(now: Status): string {
  if (now.waiting > 0 && now.sending) return t("foundation.status.sending", { n: now.waiting });
  if (now.waiting > 0) return t("foundation.status.waiting", { n: now.waiting });
  if (now.reachable === "no") return t("foundation.status.offline");
  return now.reachable === "yes" ? t("foundation.status.sent") : t("foundation.status.here");
}
