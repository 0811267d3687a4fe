import { useLayoutEffect } from "preact/hooks";
import { numberOf } from "../../app/emergency.ts";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import type { Saved } from "../../checkin/save.ts";
import { country } from "../../data/flags.ts";
import { me } from "../../data/session.ts";
import { CheckInOffer } from "./check-in-offer.tsx";

type CheckInSavedProps = { saved: Saved; onAgain: () => void };

/** After saving: that it was saved, and at most one thing more. Nothing here has to be answered. */
export function CheckInSaved({ saved, onAgain }: CheckInSavedProps) {
  const { card, line, hardStretch } = saved.after;
  useLayoutEffect(() => scrollTo(0, 0), []);
  return (
    <Screen title={t("checkin.saved")}>
      {saved.note ? <p class="lead">{t("checkin.saved_note")}</p> : line !== null && <p class="lead">{t(`checkin.after.${line}`)}</p>}
      {card === "A" && <CardA />}
      {card === "B" && <CardB />}
      {hardStretch && <HardStretch />}
      {card === null && (
        <>
          {!saved.note && line !== "pleasant" && <CheckInOffer />}
          <div class="stack tight">
            <a class="primary wide-button" href="/">{line === "pleasant" ? t("checkin.carry_on") : t("checkin.done")}</a>
            <button type="button" class="quiet wide-button" onClick={onAgain}>{t("checkin.another")}</button>
          </div>
        </>
      )}
    </Screen>
  );
}

function CardA() {
  return (
    <section class="card support-card">
      <p class="lead">{t("checkin.card_a")}</p>
      <a class="primary wide-button" href="/play/back-in-the-room">{t("checkin.ground_me")}</a>
      <a class="button wide-button" href="/help">{t("checkin.someone")}</a>
      <a class="button wide-button" href="/">{t("checkin.done")}</a>
    </section>
  );
}

/** The emergency number of the chosen country first; all numbers are one tap away. */
function CardB() {
  const number = numberOf(country.value.value ?? "");
  return (
    <section class="card support-card">
      <p class="lead"><strong>{t("checkin.card_b")}</strong></p>
      <p>{t("checkin.card_b_live")}</p>
      {number !== null && <a class="primary wide-button" href={`tel:${number}`}>{t("checkin.call", { number })}</a>}
      <a class={number === null ? "primary wide-button" : "button wide-button"} href="/help">{t("checkin.need_help")}</a>
      <a class="button wide-button" href="/play/back-in-the-room">{t("checkin.ground_me")}</a>
      <a class="button wide-button" href="/">{t("checkin.done")}</a>
    </section>
  );
}

function HardStretch() {
  const therapist = me.value?.therapist ?? "";
  return (
    <section class="notice">
      <p>{therapist === "" ? t("checkin.stretch") : t("checkin.stretch_named", { therapist })}</p>
      <p>{t("checkin.stretch_how")}</p>
    </section>
  );
}
