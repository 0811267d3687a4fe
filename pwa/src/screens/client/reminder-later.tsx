// What became of "Later today": when it comes again, or that it does not.
import { type Reminded, reminded } from "../../app/tapped.ts";
import { t } from "../../app/words.ts";
import { clock } from "../../reminders/when.ts";
import { rt } from "../../reminders/reaching-words.ts";

export default function PutOff() {
  const said = reminded.value?.later;
  if (!said) return null;
  return (
    <section class="notice" role="status">
      <p>{inWords(said)}</p>
      <button type="button" class="quiet" onClick={() => (reminded.value = null)}>{t("foundation.notice.gotIt")}</button>
    </section>
  );
}

function inWords({ at, why }: NonNullable<Reminded["later"]>): string {
  if (at !== null) return rt("reaching.later.at", { time: clock(at) });
  return rt(why === "done" || why === "unsent" ? `reaching.later.${why}` : "reaching.later.none");
}
