// Short messages. Those under the header can be put away or go by themselves; those that stay true stand on Today and in
// Settings, in the page. Nothing reloads without a tap.
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import { useEffect } from "preact/hooks";
import { kept, toldOffline } from "../data/flags.ts";
import { library } from "../data/library.ts";
import { cleared } from "../data/session.ts";
import { status, tell } from "../data/status.ts";
import { t } from "./words.ts";
import { offlineReady, useNewVersion, waitingWorker } from "./worker.ts";

const LONG_ENOUGH = 8_000;

/** Under the header, on every screen but the player, where only what stops saving is said. */
export function Snacks() {
  const playing = useLocation().path.startsWith("/play/");
  if (playing && !status.value.stale) return null;
  return (
    <div class="snacks" aria-live="polite">
      {status.value.stale ? <Stale /> : waitingWorker.value && <Update />}
      {offlineReady.value && library.value && toldOffline.value.value === false && <OfflineReady />}
    </div>
  );
}

/** In the page: what the person should know about what this phone holds. */
export function Notices() {
  return (
    <>
      {status.value.signedOut && <SignedOut />}
      {cleared.value && <Cleared />}
      {(kept.value.value ?? 0) + status.value.kept > 0 && <Kept />}
    </>
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

function OfflineReady() {
  useEffect(() => {
    const timer = setTimeout(() => void toldOffline.set(true), LONG_ENOUGH);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Snack text={t("foundation.notice.offlineReady")}>
      <Press text={t("foundation.notice.gotIt")} then={() => toldOffline.set(true)} />
    </Snack>
  );
}

function SignedOut() {
  return (
    <section class="notice warm">
      <p>{t("foundation.notice.signedOut")}</p>
      <a class="button" href="/join">
        {t("foundation.notice.join")}
      </a>
    </section>
  );
}

function Cleared() {
  return (
    <section class="notice warm">
      <p>{t("foundation.notice.cleared")}</p>
      <Press text={t("foundation.notice.gotIt")} then={() => (cleared.value = false)} />
    </section>
  );
}

function Kept() {
  const dismiss = () => {
    tell({ kept: 0 });
    return kept.set(0);
  };
  return (
    <section class="notice warm">
      <p>{t("foundation.notice.kept", { n: Math.max(kept.value.value ?? 0, status.value.kept) })}</p>
      <Press text={t("foundation.notice.gotIt")} then={dismiss} />
    </section>
  );
}
