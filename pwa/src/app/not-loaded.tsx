import { Screen } from "./shell.tsx";
import { t } from "./words.ts";

/** A screen whose code could not be fetched. */
export function NotLoaded({ retry }: { retry: () => void }) {
  return (
    <Screen title={t("foundation.notLoaded.title")}>
      <p>{t("foundation.notLoaded.text")}</p>
      <div class="row">
        <button type="button" class="primary" onClick={retry}>
          {t("foundation.tryAgain")}
        </button>
      </div>
    </Screen>
  );
}
