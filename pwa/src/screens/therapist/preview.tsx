import { t } from "../../app/words.ts";
import { type Asked, isDraft, isGuarded } from "./assigning.ts";
import { myName } from "./state.ts";
import { shortDay } from "./times.ts";
import type { Assignable } from "./types.ts";
import { tt } from "./words.ts";

type Props = { card: Assignable; form: Asked; today: string };

/** The card as the client will find it on Today, in the same words. It does nothing here. */
export function Preview({ card, form, today }: Props) {
  const facts = [
    t("foundation.today.minutes", { n: card.minutes }),
    t("foundation.today.by", { name: myName() }),
    ...(isDraft(card) ? [t("practise.draft")] : []),
    ...(form.times === null ? [] : [t("foundation.today.dose", { n: form.times })]),
  ];
  return (
    <section class="stack tight" aria-labelledby="preview-title">
      <h2 id="preview-title" class="desk-family">{tt("therapist.preview.title")}</h2>
      <div class="card desk-preview">
        <p class="eyebrow">{t("foundation.today.next")}</p>
        <h3><bdi>{card.title}</bdi></h3>
        {form.reason.trim() !== "" && <p dir="auto" class="desk-text">{form.reason.trim()}</p>}
        <p class="muted small">{facts.join(" · ")}</p>
        <p class="primary desk-not-real" aria-hidden="true">{t("foundation.today.start")}</p>
      </div>
      <p class="muted small">{form.until === "" ? "" : tt("therapist.preview.until", { day: shortDay(form.until, today) })}</p>
      <p class="muted small">{tt(isGuarded(card) ? "therapist.preview.guarded" : "therapist.preview.note")}</p>
    </section>
  );
}
