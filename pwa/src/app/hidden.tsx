// Out of sight in one tap: a screen that says nothing of what is here, until it is opened again.
import { signal } from "@preact/signals";
import { useLocation } from "preact-iso/router";
import { useEffect } from "preact/hooks";
import { me } from "../data/session.ts";
import { Icon } from "../ui/icon.tsx";
import { dates } from "./dates.ts";
import { t } from "./words.ts";

const NAME = "out-of-sight";

/** Whether this window shows nothing of the person's; it stays so when it is loaded again. */
export const hidden = signal(remembered());

/** A browser that keeps nothing at all forgets this too: then it holds until the next load, and help works all the same. */
function remembered(next?: boolean): boolean {
  try {
    if (next === true) sessionStorage.setItem(NAME, "yes");
    if (next === false) sessionStorage.removeItem(NAME);
    return sessionStorage.getItem(NAME) !== null;
  } catch {
    return false;
  }
}

/** Help and grounding open all the same. */
export const openWhileHidden = /^\/(help|play\/back-in-the-room)$/;

/** For a client, on every screen. What was begun is kept as it was typed; going back shows the same empty page. */
export function HideButton() {
  const { route } = useLocation();
  const hide = () => {
    remembered(true);
    hidden.value = true;
    route("/", true);
  };
  if (me.value?.role !== "client") return null;
  return <button type="button" class="quiet hide" aria-label={t("foundation.hide")} onClick={hide}><Icon name="hide" /></button>;
}

/** Nothing but the day, as any calendar shows it. */
export function Hidden() {
  const day = new Intl.DateTimeFormat(dates, { weekday: "long", day: "numeric", month: "long" }).format(Date.now());
  const open = () => {
    remembered(false);
    hidden.value = false;
  };
  useEffect(() => {
    document.title = day;
    scrollTo(0, 0);
  }, []);
  return (
    <main class="hidden-page">
      <h1>{day}</h1>
      <button type="button" class="quiet" onClick={open}>{t("foundation.hide.open")}</button>
      <a class="quiet" href="/help">{t("foundation.hide.help")}</a>
    </main>
  );
}
