// Signing out never drops what is nowhere else without saying how much, and offers to send or keep it first.
import { useEffect, useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { kt } from "../../app/keeping-words.ts";
import { t } from "../../app/words.ts";
import { type AtStake, atStake, inAll, isMore } from "../../data/at-stake.ts";
import { status } from "../../data/journal.ts";
import { signOut } from "../../data/session.ts";
import { syncNow } from "../../data/sync.ts";
import { useAction } from "../../ui/action.ts";
import { useModal } from "../../ui/modal.ts";
import { saveEverything } from "./settings.tsx";

/** Opens once it is known what would be lost. */
export function SignOutDialog({ close }: { close: () => void }) {
  const { counted, count, failed } = useAtStake();
  if (counted) return <Dialog close={close} counted={counted} count={count} />;
  return failed ? <p class="problem" role="alert">{kt("keeping.signOut.uncounted")}</p> : null;
}

/** What would be lost, counted again whenever what is stored changes. Null until it was. */
function useAtStake(): { counted: AtStake | null; count: () => Promise<AtStake>; failed: boolean } {
  const [counted, setCounted] = useState<AtStake | null>(null);
  const [failed, setFailed] = useState(false);
  const { waiting, refused, onlyHere, kept } = status.value;
  const count = async () => {
    const now = await atStake();
    setCounted(now);
    return now;
  };
  useEffect(() => void count().catch((error: unknown) => {
    console.error(error);
    setFailed(true);
  }), [waiting, refused, onlyHere, kept]);
  return { counted, count, failed };
}

interface DialogProps {
  close: () => void;
  counted: AtStake;
  count: () => Promise<AtStake>;
}

function Dialog({ close, counted, count }: DialogProps) {
  const dialog = useModal();
  const { route } = useLocation();
  const n = inAll(counted);
  const out = useAction(async () => {
    if (isMore(await count(), counted)) return; // it is said first
    await signOut();
    if (location.pathname !== "/help") route("/", true);
  });
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="sign-out" onClose={close}>
      <div class="stack">
        <h2 id="sign-out">{kt("keeping.signOut.title")}</h2>
        <What counted={counted} />
        {counted.waiting > 0 && <SendNow />}
        {n > 0 && <KeepCopy key={n} begun={counted.begun > 0} />}
        <button type="button" class={n === 0 ? "primary" : "button"} onClick={out.run} disabled={out.busy}>
          {n === 0 ? kt("keeping.signOut.go") : kt("keeping.signOut.discard", { n })}
        </button>
        {out.trouble && <p class="problem" role="alert">{out.trouble}</p>}
        <button type="button" class="quiet" onClick={() => dialog.current?.close()}>
          {t("foundation.cancel")}
        </button>
      </div>
    </dialog>
  );
}

function What({ counted }: { counted: AtStake }) {
  const { waiting, refused, onlyHere, kept, begun } = counted;
  if (inAll(counted) === 0) return <p role="status">{kt("keeping.signOut.clean")}</p>;
  const unsent = waiting + refused;
  return (
    <div class="stack tight" role="status">
      {unsent > 0 && <p>{kt("keeping.signOut.unsent", { n: unsent })}</p>}
      {onlyHere > 0 && <p>{kt("keeping.signOut.onlyHere", { n: onlyHere })}</p>}
      {kept > 0 && <p>{kt("keeping.signOut.kept", { n: kept })} <a href="/settings/kept">{t("foundation.notice.keptLook")}</a></p>}
      {begun > 0 && <p>{kt("keeping.signOut.begun", { n: begun })}</p>}
    </div>
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
        {kt(send.busy ? "keeping.signOut.sending" : "keeping.signOut.send")}
      </button>
      {failed && <p class="problem" role="alert">{kt("keeping.signOut.notSent")}</p>}
    </>
  );
}

function KeepCopy({ begun }: { begun: boolean }) {
  const [done, setDone] = useState(false);
  const save = useAction(async () => {
    await saveEverything();
    setDone(true);
  });
  return (
    <>
      <button type="button" class="button" onClick={save.run} disabled={save.busy}>
        {kt(done ? "keeping.signOut.exported" : "keeping.signOut.export")}
      </button>
      {save.trouble && <p class="problem" role="alert">{save.trouble}</p>}
      {begun && <p class="hint">{kt("keeping.signOut.begunInCopy")}</p>}
    </>
  );
}
