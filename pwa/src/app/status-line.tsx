import { type Status, status } from "../data/status.ts";
import { t } from "./words.ts";

/** One line of fixed height that tells the truth about what was sent. */
export function StatusLine() {
  const now = status.value;
  return (
    <div class="status" role="status">
      {now.refused > 0 ? <a href="/settings/unsent">{t("foundation.status.refused", { n: now.refused })}</a> : signedOutOr(now)}
    </div>
  );
}

function signedOutOr(now: Status) {
  if (!now.signedOut || now.waiting === 0) return words(now);
  return <a href="/join">{t("foundation.status.signedOut", { n: now.waiting })}</a>;
}

function words(now: Status): string {
  if (now.waiting > 0 && now.sending) return t("foundation.status.sending", { n: now.waiting });
  if (now.waiting > 0) return t("foundation.status.waiting", { n: now.waiting });
  if (now.reachable === "no") return t("foundation.status.offline");
  return now.reachable === "yes" ? t("foundation.status.sent") : t("foundation.status.here");
}
