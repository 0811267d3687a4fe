// The frame of the therapist's pages: header, the caseload beside the page where there is room, and the page.
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import { useEffect, useRef, useState } from "preact/hooks";
import { HelpLink } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import { me, signOut } from "../../data/session.ts";
import { Icon, Mark } from "../../ui/icon.tsx";
import { Trouble, useAction } from "./action.tsx";
import { forgetAll } from "./state.ts";
import { tt } from "./words.ts";

type Props = {
  title: string;
  /** The name of the browser tab, where the title says more than a tab may show. */
  tab?: string;
  backTo?: string;
  /** Shown beside the page from 60rem on. */
  beside?: ComponentChildren;
  children?: ComponentChildren;
};

export function Desk({ title, tab = title, backTo, beside, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival(tab, heading);
  return (
    <div class="app desk">
      <a class="skip button" href="#main" onClick={() => heading.current?.focus()}>{t("foundation.skip")}</a>
      <div class={beside ? "frame wide desk-frame two" : "frame wide desk-frame"}>
        <Top />
        {beside && <nav class="desk-beside" aria-label={tt("therapist.clients.title")}>{beside}</nav>}
        <main id="main" class="main desk-main">
          {backTo !== undefined && (
            <a class="quiet back" href={backTo}>
              <Icon name="back" turns />
              {t("foundation.back")}
            </a>
          )}
          <h1 ref={heading} tabIndex={-1}><bdi>{title}</bdi></h1>
          {children}
        </main>
      </div>
    </div>
  );
}

/** On arrival the focus goes to the title, so that a screen reader starts there. */
function useArrival(tab: string, heading: { current: HTMLHeadingElement | null }): void {
  const { path } = useLocation();
  useEffect(() => {
    document.title = `${tab} · ${t("foundation.name")}`;
  }, [tab]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, [path]);
}

function Top() {
  const who = me.value && me.value.role !== "client" ? me.value : null;
  return (
    <header class="top">
      <a class="brand" href={who ? "/clients" : "/"}>
        <Mark />
        {t("foundation.name")}
      </a>
      {who === null && <HelpLink />}
      {who && (
        <div class="row">
          <span class="desk-who muted small"><bdi>{who.name}</bdi></span>
          <SignOut />
        </div>
      )}
    </header>
  );
}

function SignOut() {
  const { route } = useLocation();
  const leaving = useAction(async () => {
    await signOut();
    forgetAll();
    route("/sign-in", true);
  });
  return (
    <>
      <button type="button" class="quiet" disabled={leaving.busy} onClick={leaving.run}>{tt("therapist.signOut")}</button>
      <Trouble text={leaving.trouble} />
    </>
  );
}

const ROOM = "(min-width: 60rem)";

/** Whether there is room for two columns. */
export function useRoom(): boolean {
  const [room, setRoom] = useState(() => matchMedia(ROOM).matches);
  useEffect(() => {
    const query = matchMedia(ROOM);
    const look = (): void => setRoom(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return room;
}
