// Messages: that a new version waits, under the header; what stays true, in the page, on Today and in Settings. Nothing
// reloads without a tap.
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import { kept } from "../data/flags.ts";
import { cleared } from "../data/session.ts";
import { status } from "../data/status.ts";
import { t } from "./words.ts";
import { useNewVersion, waitingWorker } from "./worker.ts";

/** Under the header, on every screen but the player, where only what stops saving is said. */
export function Snacks() {
  const playing = useLocation().path.startsWith("/play/");
  if (playing && !status.value.stale) return null;
  return (
    <div class="snacks" aria-live="polite">
      {status.value.stale ? <Stale /> : waitingWorker.value && <Update />}
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
  return (
    <section class="notice warm">
      <p>{t("foundation.notice.kept", { n: Math.max(kept.value.value ?? 0, status.value.kept) })}</p>
      <a class="button" href="/settings/kept">
        {t("foundation.notice.keptLook")}
      </a>
    </section>
  );
}
