// Signing out never drops unsent work without saying how much, and offers to send or keep it first.
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { t } from "../../app/words.ts";
import { status } from "../../data/journal.ts";
import { signOut } from "../../data/session.ts";
import { syncNow } from "../../data/sync.ts";
import { useAction } from "../../ui/action.ts";
import { useModal } from "../../ui/modal.ts";
import { saveEverything } from "./settings.tsx";

/** Opens once it is known what would be lost. */
export function SignOutDialog({ close }: { close: () => void }) {
  const { waiting, refused, onlyHere } = status.value;
  const counted = waiting !== null && refused !== null && onlyHere !== null;
  return counted ? <Dialog close={close} counts={{ waiting, refused, onlyHere }} /> : null;
}

interface DialogProps {
  close: () => void;
  counts: { waiting: number; refused: number; onlyHere: number };
}

function Dialog({ close, counts: { waiting, refused, onlyHere } }: DialogProps) {
  const dialog = useModal();
  const { route } = useLocation();
  const unsent = waiting + refused;
  const clean = unsent + onlyHere === 0;
  const out = useAction(async () => {
    await signOut();
    if (location.pathname !== "/help") route("/", true);
  });
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="sign-out" onClose={close}>
      <div class="stack">
        <h2 id="sign-out">{t("foundation.signOut.title")}</h2>
        {clean && <p>{t("foundation.signOut.clean")}</p>}
        {unsent > 0 && <p>{t("foundation.signOut.unsent", { n: unsent })}</p>}
        {onlyHere > 0 && <p>{t("foundation.signOut.onlyHere", { n: onlyHere })}</p>}
        {waiting > 0 && <SendNow />}
        {!clean && <KeepCopy />}
        <button type="button" class={clean ? "primary" : "button"} onClick={out.run} disabled={out.busy}>
          {clean ? t("foundation.signOut.go") : t("foundation.signOut.discard", { n: unsent + onlyHere })}
        </button>
        {out.trouble && <p class="problem" role="alert">{out.trouble}</p>}
        <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
          {t("foundation.cancel")}
        </button>
      </div>
    </dialog>
  );
}

function SendNow() {
  const [failed, setFailed] = useState(false);
  const send = useAction(async () => {
    await syncNow();
    setFailed(status.value.waiting !== 0);
  });
  return (
    <>
      <button type="button" class="primary" onClick={send.run} disabled={send.busy}>
        {t(send.busy ? "foundation.signOut.sending" : "foundation.signOut.send")}
      </button>
      {failed && <p class="problem" role="alert">{t("foundation.signOut.notSent")}</p>}
    </>
  );
}

function KeepCopy() {
  const [done, setDone] = useState(false);
  const save = useAction(async () => {
    await saveEverything();
    setDone(true);
  });
  return (
    <button type="button" class="button" onClick={save.run} disabled={save.busy}>
      {t(done ? "foundation.signOut.exported" : "foundation.signOut.export")}
    </button>
  );
}
