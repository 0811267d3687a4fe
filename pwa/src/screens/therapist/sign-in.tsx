import { useLocation } from "preact-iso/router";
import { useEffect, useState } from "preact/hooks";
import { call } from "../../data/api.ts";
import { deviceName } from "../../data/device.ts";
import { joinByInvite, me, welcome } from "../../data/session.ts";
import type { Me } from "../../data/types.ts";
import { Trouble, useAction } from "./action.tsx";
import { Desk } from "./desk.tsx";
import { wayBack } from "./api.ts";
import { forgetAll } from "./state.ts";
import { tt } from "./words.ts";

/** Who was signed in last on this page: what they left open is theirs only. */
let last: string | null = null;

/** The secret of a sign-in link. It leaves the address bar at once and lives only as long as this screen. */
function useSecret(): [string | null, (secret: string | null) => void] {
  const [secret, setSecret] = useState<string | null>(takeSecret);
  useEffect(() => {
    const look = (): void => {
      const found = takeSecret();
      if (found !== null) setSecret(found);
    };
    addEventListener("hashchange", look);
    return () => removeEventListener("hashchange", look);
  }, []);
  return [secret, setSecret];
}

function takeSecret(): string | null {
  if (location.pathname !== "/sign-in") return null;
  const secret = location.hash.slice(1);
  if (secret === "" || secret === "main") return null;
  history.replaceState(history.state, "", location.pathname);
  return secret;
}

export function SignIn() {
  const [secret, setSecret] = useSecret();
  const { path, route } = useLocation();
  const entered = (now: Me): void => {
    if (last !== null && last !== now.id) forgetAll();
    last = now.id;
    setSecret(null);
  };
  const isIn = path === "/sign-in" && secret === null && me.value != null && me.value.role !== "client";
  useEffect(() => {
    if (isIn) route(wayBack(), true);
  }, [isIn]);
  if (me.value?.role === "client") return <ClientsDevice />;
  return (
    <Desk title={tt("therapist.signIn.title")}>
      {secret !== null ? <ByLink secret={secret} entered={entered} other={() => setSecret(null)} /> : <ByPassword entered={entered} />}
    </Desk>
  );
}

/** A tap uses the link up, so that a preview of the page can't. */
function ByLink({ secret, entered, other }: { secret: string; entered: (now: Me) => void; other: () => void }) {
  const entering = useAction(async () => entered(await joinByInvite(secret)));
  return (
    <div class="desk-form stack">
      <p>{tt("therapist.signIn.link")}</p>
      <Trouble text={entering.trouble} />
      <div class="row">
        <button type="button" class="primary" disabled={entering.busy} onClick={entering.run}>{tt("therapist.signIn.enterByLink")}</button>
        <button type="button" class="quiet" onClick={other}>{tt("therapist.signIn.usePassword")}</button>
      </div>
    </div>
  );
}

function ByPassword({ entered }: { entered: (now: Me) => void }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const entering = useAction(async () => {
    const now = await call<Me>("POST", "/api/logins", { with: "password", name: name.trim(), password, device: deviceName() });
    setPassword("");
    await welcome(now);
    entered(now);
  });
  return (
    <form class="desk-form stack" onSubmit={(event) => { event.preventDefault(); entering.run(); }}>
      <p class="muted">{tt("therapist.signIn.for")}</p>
      <div class="field">
        <label for="sign-in-name">{tt("therapist.signIn.name")}</label>
        <input id="sign-in-name" class="input" type="text" autocomplete="username" autocapitalize="none" spellcheck={false} required
          maxLength={200} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </div>
      <div class="field">
        <label for="sign-in-password">{tt("therapist.signIn.password")}</label>
        <input id="sign-in-password" class="input" type="password" autocomplete="current-password" required
          maxLength={1000} value={password} onInput={(event) => setPassword(event.currentTarget.value)} />
      </div>
      <Trouble text={entering.trouble} />
      <button type="submit" class="primary wide-button" disabled={entering.busy}>{tt("therapist.signIn.enter")}</button>
    </form>
  );
}

/** Signing in here would take the client's login away; their unsent entries would have nowhere to go. */
function ClientsDevice() {
  return (
    <Desk title={tt("therapist.signIn.title")}>
      <div class="desk-form stack">
        <div class="notice warm"><p>{tt("therapist.signIn.clientsDevice")}</p></div>
        <a class="button" href="/">{tt("therapist.signIn.toToday")}</a>
      </div>
    </Desk>
  );
}
