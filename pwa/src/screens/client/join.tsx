// Joining: by the secret of an invite link, or by a code typed here.
import { useState } from "preact/hooks";
import { useLocation } from "preact-iso/router";
import { inviteSecret } from "../../app/secret.ts";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import { isApple, isInstalled } from "../../data/device.ts";
import { ended, joinByCode, joinByInvite, me } from "../../data/session.ts";
import type { Me } from "../../data/types.ts";
import { useAction } from "../../ui/action.ts";

export default function Join() {
  const [stay, setStay] = useState(false);
  const here = me.value?.role === "client" ? me.value : null;
  const installFirst = isApple() && !isInstalled() && !stay;
  return (
    <Screen title={t("foundation.join.title")} frame="bare">
      <p class="lead">{t("foundation.join.lead")}</p>
      {ended.value && <p class="notice warm" role="status">{t(ended.value === "erased" ? "foundation.join.erased" : "foundation.join.ended")}</p>}
      {here && <p class="notice">{t("foundation.join.again", { name: here.name })}</p>}
      {installFirst ? <InstallFirst onStay={() => setStay(true)} /> : <Ways />}
      <p class="muted">{t("foundation.join.what")}</p>
      <div class="row">
        <a class="quiet back" href="/sign-in">
          {t("foundation.join.therapist")}
        </a>
      </div>
    </Screen>
  );
}

function Ways() {
  return (
    <>
      {inviteSecret.value !== null && <ByLink secret={inviteSecret.value} />}
      <ByCode main={inviteSecret.value === null} />
    </>
  );
}

/** After joining: the person's first screen. */
function useArrive(): (now: Me) => void {
  const { route } = useLocation();
  return (now) => {
    inviteSecret.value = null;
    route(now.role === "client" ? "/" : "/clients", true);
  };
}

function ByLink({ secret }: { secret: string }) {
  const arrive = useArrive();
  const join = useAction(async () => arrive(await joinByInvite(secret)));
  return (
    <section class="card">
      <p>{t("foundation.join.link.text")}</p>
      <button type="button" class="primary wide-button" onClick={join.run} disabled={join.busy}>
        {join.busy ? t("foundation.join.link.busy") : t("foundation.join.link.button")}
      </button>
      {join.trouble && <p class="problem" role="alert">{join.trouble}</p>}
    </section>
  );
}

function ByCode({ main }: { main: boolean }) {
  const [typed, setTyped] = useState("");
  const [missing, setMissing] = useState(false);
  const arrive = useArrive();
  const join = useAction(async () => arrive(await joinBy(typed)));
  const submit = (event: Event) => {
    event.preventDefault();
    setMissing(typed.trim() === "");
    if (typed.trim() !== "") join.run();
  };
  const trouble = missing ? t("foundation.join.code.empty") : join.trouble;
  return (
    <form class="card" onSubmit={submit} noValidate>
      <h2>{t("foundation.join.code.title")}</h2>
      <p>{t("foundation.join.code.text")}</p>
      <div class="field">
        <label for="code">{t("foundation.join.code.label")}</label>
        <input
          id="code"
          class="input code"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          autocomplete="one-time-code"
          autocapitalize="characters"
          autocorrect="off"
          spellcheck={false}
          aria-describedby="code-hint"
          aria-invalid={trouble ? true : undefined}
        />
        <p class="hint" id="code-hint">
          {t("foundation.join.code.hint")}
        </p>
      </div>
      <button type="submit" class={main ? "primary wide-button" : "button wide-button"} disabled={join.busy}>
        {join.busy ? t("foundation.join.link.busy") : t("foundation.join.code.button")}
      </button>
      {trouble && <p class="problem" role="alert">{trouble}</p>}
    </form>
  );
}

/** A pasted link or secret is long; a code is short, and spaces or dashes in it don't matter. */
function joinBy(typed: string): Promise<Me> {
  const text = typed.trim();
  const secret = text.includes("#") ? text.slice(text.indexOf("#") + 1) : text;
  return secret.length > 20 ? joinByInvite(secret) : joinByCode(text.toUpperCase().replaceAll(/[\s-]/g, ""));
}

/** On an iPhone the app on the home screen has its own store: joining in the browser would strand the notes there. */
function InstallFirst({ onStay }: { onStay: () => void }) {
  const [copied, setCopied] = useState(false);
  const secret = inviteSecret.value;
  const copy = useAction(async () => {
    await navigator.clipboard.writeText(`${location.origin}/join#${secret ?? ""}`);
    setCopied(true);
  });
  return (
    <section class="card">
      <h2>{t("foundation.join.apple.title")}</h2>
      <p>{t("foundation.join.apple.why")}</p>
      <ol class="steps">
        <li>{t("foundation.join.apple.step1")}</li>
        <li>{t("foundation.join.apple.step2")}</li>
        <li>{t("foundation.join.apple.step3")}</li>
      </ol>
      {secret !== null && (
        <button type="button" class="primary wide-button" onClick={copy.run}>
          {copied ? t("foundation.join.apple.copied") : t("foundation.join.apple.copy")}
        </button>
      )}
      <button type="button" class="button wide-button" onClick={onStay}>
        {t("foundation.join.apple.here")}
      </button>
    </section>
  );
}
