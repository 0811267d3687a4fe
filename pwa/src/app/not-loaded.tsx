import { Screen } from "./shell.tsx";
import { t } from "./words.ts";

/** A screen whose code could not be fetched. Browsers remember a failed fetch, so trying again loads the app afresh. */
export function NotLoaded() {
  return (
    <Screen title={t("foundation.notLoaded.title")}>
      <p>{t("foundation.notLoaded.text")}</p>
      <div class="row">
        <button type="button" class="primary" onClick={() => location.reload()}>
          {t("foundation.tryAgain")}
        </button>
      </div>
    </Screen>
  );
}
