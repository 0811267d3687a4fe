import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { numberOf } from "../../app/emergency.ts";
import { t } from "../../app/words.ts";
import { afterPaint } from "../../data/after-paint.ts";
import type { Saved } from "../../checkin/save.ts";
import { country } from "../../data/flags.ts";
import { me } from "../../data/session.ts";
import { contacts } from "../../safety/contacts.ts";
import { dial } from "../../safety/lines.ts";
import { People, PracticeLines, SomeoneToCall, TherapistContact, usePeople } from "../../safety/reach.tsx";
import { st } from "../../safety/words.ts";
import { names, st as sharing } from "../../sharing/words.ts";
import { Icon } from "../../ui/icon.tsx";
import { CheckInOffer } from "./check-in-offer.tsx";

type CheckInSavedProps = { saved: Saved; onAgain: () => void };

/** After saving: that it was saved, and at most one thing more. Nothing here has to be answered. */
export function CheckInSaved({ saved, onAgain }: CheckInSavedProps) {
  const { card, line, hardStretch } = saved.after;
  const [said, setSaid] = useState(false);
  useLayoutEffect(() => void requestAnimationFrame(() => scrollTo(0, 0)), []); // with the frame's own layout, not before it
  useEffect(() => afterPaint(() => setSaid(true)), []);
  return (
    <>
      {saved.note ? <p class="lead">{saved.shared ? sharing("sharing.saved_note", names()) : t("checkin.saved_note")}</p> : line !== null && <p class="lead">{t(`checkin.after.${line}`)}</p>}
      {card === "A" && <CardA />}
      {card === "B" && <CardB />}
      {hardStretch && <HardStretch />}
      {card === null && (
        <>
          {!saved.note && line !== "pleasant" && said && <CheckInOffer />}
          <div class="stack tight">
            <a class="primary wide-button" href="/">{line === "pleasant" ? t("checkin.carry_on") : t("checkin.done")}</a>
            <button type="button" class="quiet wide-button" onClick={onAgain}>{t("checkin.another")}</button>
          </div>
        </>
      )}
    </>
  );
}

function CardA() {
  return (
    <section class="card support-card">
      <p class="lead">{t("checkin.card_a")}</p>
      <a class="primary wide-button" href="/play/back-in-the-room">{t("checkin.ground_me")}</a>
      <PlanLink />
      <SomeoneToCall label={t("checkin.someone")} />
      <Done />
    </section>
  );
}

/** People first: the practice's lines, the emergency number of the chosen country, the person's own, the therapist. */
function CardB() {
  const number = numberOf(country.value.value ?? "");
  const people = usePeople();
  return (
    <section class="card support-card">
      <p class="lead"><strong>{t("checkin.card_b")}</strong></p>
      <p>{t("checkin.card_b_live")}</p>
      <PracticeLines />
      {number === null
        ? <a class="call" href="/help"><Icon name="call" />{t("checkin.emergency")}</a>
        : <a class="call" href={`tel:${number}`}><Icon name="call" />{t("checkin.call", { number })}</a>}
      <PlanLink />
      {people.length > 0 && <People people={people} />}
      <TherapistContact />
      <a class="button wide-button" href="/play/back-in-the-room">{t("checkin.ground_me")}</a>
      <Done />
    </section>
  );
}

function PlanLink() {
  return <a class="button wide-button" href="/safety-plan">{st("safety.plan.title")}</a>;
}

function Done() {
  return <a class="button wide-button" href="/">{t("checkin.done")}</a>;
}

/** The way the two agreed on, where the practice entered one. It opens empty: nothing is written or sent for anyone. */
function HardStretch() {
  const therapist = me.value?.therapist ?? "";
  const { number = "", mail = "" } = contacts.value.contact ?? {};
  const call = dial(number);
  return (
    <section class="notice">
      <p>{therapist === "" ? t("checkin.stretch") : t("checkin.stretch_named", { therapist })}</p>
      <p>{t("checkin.stretch_how")}</p>
      {(call !== null || mail !== "") && (
        <div class="row">
          {call !== null && <a class="button" href={call}>{st("safety.stretch_call", { number })}</a>}
          {mail !== "" && <a class="button" href={`mailto:${mail}`}>{st("safety.stretch_mail")}</a>}
        </div>
      )}
    </section>
  );
}
