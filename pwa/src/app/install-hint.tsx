import { installDismissed } from "../data/flags.ts";
import { t } from "./words.ts";
import { install, installBy } from "./install.ts";

/** How to keep the app on the home screen, with the reason. */
export function InstallWays() {
  if (installBy.value === "apple") return <p>{t("foundation.install.apple")}</p>;
  return (
    <button type="button" class="button" onClick={() => void install()}>
      {t("foundation.install.button")}
    </button>
  );
}

/** A quiet offer after the first check-in. Dismissed once, it does not come back. */
export function InstallHint() {
  if (installBy.value === null || installDismissed.value.value !== false) return null;
  return (
    <aside class="notice" aria-labelledby="install">
      <h2 id="install">{t("foundation.install.title")}</h2>
      <p>{t("foundation.install.why")}</p>
      <InstallWays />
      <button type="button" class="quiet" onClick={() => void installDismissed.set(true)}>
        {t("foundation.install.notNow")}
      </button>
    </aside>
  );
}
