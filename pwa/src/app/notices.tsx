// Short messages over the tabs: none of them interrupts, and nothing reloads without a tap.
import type { ComponentChildren } from "preact";
import { cleared, me } from "../data/session.ts";
import { kept, toldOffline } from "../data/flags.ts";
import { library } from "../data/library.ts";
import { status, tell } from "../data/status.ts";
import { t } from "./words.ts";
import { offlineReady, useNewVersion, waitingWorker } from "./worker.ts";

export function Notices() {
  return (
    <div class="snacks" aria-live="polite">
      {status.value.stale ? <Stale /> : waitingWorker.value && <Update />}
      {cleared.value && <Cleared />}
      {(kept.value.value ?? 0) + status.value.kept > 0 && <Kept />}
      {me.value && status.value.signedOut && me.value.role === "client" && <SignedOut />}
      {offlineReady.value && library.value && toldOffline.value.value === false && <OfflineReady />}
    </div>
  );
}

function Snack({ text, children }: { text: string; children: ComponentChildren }) {
  return (
    <div class="snack">
      <p>{text}</p>
      <div class="row">{children}</div>
    </div>
  );
}

function Press({ text, then }: { text: string; then: () => unknown }) {
  return (
    <button type="button" class="quiet" onClick={() => void then()}>
      {text}
    </button>
  );
}

function Stale() {
  return (
    <Snack text={t("foundation.notice.stale")}>
      <Press text={t("foundation.notice.reload")} then={() => location.reload()} />
    </Snack>
  );
}

function Update() {
  return (
    <Snack text={t("foundation.notice.update")}>
      <Press text={t("foundation.notice.later")} then={() => (waitingWorker.value = null)} />
      <Press text={t("foundation.notice.reload")} then={useNewVersion} />
    </Snack>
  );
}

function Cleared() {
  return (
    <Snack text={t("foundation.notice.cleared")}>
      <Press text={t("foundation.notice.gotIt")} then={() => (cleared.value = false)} />
    </Snack>
  );
}

function Kept() {
  const dismiss = () => {
    tell({ kept: 0 });
    return kept.set(0);
  };
  return (
    <Snack text={t("foundation.notice.kept", { n: Math.max(kept.value.value ?? 0, status.value.kept) })}>
      <a class="quiet" href="/settings">
        {t("foundation.settings")}
      </a>
      <Press text={t("foundation.notice.gotIt")} then={dismiss} />
    </Snack>
  );
}

function SignedOut() {
  return (
    <Snack text={t("foundation.notice.signedOut")}>
      <a class="quiet" href="/join">
        {t("foundation.notice.join")}
      </a>
    </Snack>
  );
}

function OfflineReady() {
  return (
    <Snack text={t("foundation.notice.offlineReady")}>
      <Press text={t("foundation.notice.gotIt")} then={() => toldOffline.set(true)} />
    </Snack>
  );
}
