import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import { noticed } from "../../data/flags.ts";
import { useAction } from "../../ui/action.ts";

/** Read once before anything else: nobody watches live, and what is shared. */
export default function FirstRun() {
  const agree = useAction(() => noticed.settle(true));
  return (
    <Screen title={t("foundation.first.title")} frame="bare">
      <div class="notice warm">
        <p class="lead">{t("foundation.first.live")}</p>
      </div>
      <p>{t("foundation.first.help")}</p>
      <section class="card">
        <h2>{t("foundation.first.shared.title")}</h2>
        <p>{t("foundation.first.shared.text")}</p>
      </section>
      <section class="card">
        <h2>{t("foundation.first.private.title")}</h2>
        <p>{t("foundation.first.private.text")}</p>
      </section>
      <p>{t("foundation.first.control")}</p>
      <button type="button" class="primary wide-button" onClick={agree.run} disabled={agree.busy}>
        {t("foundation.first.understood")}
      </button>
      {agree.trouble && <p class="problem" role="alert">{agree.trouble}</p>}
    </Screen>
  );
}
