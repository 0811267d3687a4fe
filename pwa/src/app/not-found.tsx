import { Screen } from "./shell.tsx";
import { t } from "./words.ts";

export function NotFound() {
  return (
    <Screen title={t("foundation.notFound.title")}>
      <p>{t("foundation.notFound.text")}</p>
      <div class="row">
        <a class="button" href="/">
          {t("foundation.toToday")}
        </a>
      </div>
    </Screen>
  );
}
