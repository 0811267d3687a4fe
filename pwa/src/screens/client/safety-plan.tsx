// My safety plan: readable at once, offline, and outside any lock. Changing it is a page of its own.
import { useLocation } from "preact-iso/router";
import { useEffect, useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { dates } from "../../app/dates.ts";
import { t } from "../../app/words.ts";
import { draftNames } from "../../data/drafts.ts";
import { remove } from "../../data/journal.ts";
import type { LocalRecord } from "../../data/types.ts";
import { DRAFT, mayHavePlan, usePlans } from "../../safety/kept-plan.ts";
import { useTogether } from "../../safety/kept-together.ts";
import { Parts } from "../../safety/parts.tsx";
import { filledParts, isBlank, planOf } from "../../safety/plan.ts";
import { st } from "../../safety/words.ts";
import { useAction } from "../../ui/action.ts";
import { Ask } from "./history-ask.tsx";
import { SafetyEarlier } from "./safety-earlier.tsx";
import { SafetyShare } from "./safety-share.tsx";
import { WrittenTogether } from "./safety-together.tsx";
import "../../styles/safety.css";

export default function SafetyPlanPage() {
  const plans = usePlans();
  const signedIn = mayHavePlan();
  return (
    <Screen title={st("safety.plan.title")} backTo={signedIn ? "/" : "/help"} frame={signedIn ? "client" : "bare"}>
      <p class="notice warm not-printed">{st("safety.plan.live")}</p>
      {signedIn ? plans !== null && <Mine plans={plans} /> : <SignedOut />}
    </Screen>
  );
}

function SignedOut() {
  return (
    <>
      <p>{st("safety.plan.signed_out")}</p>
      <a class="button wide-button" href="/help">{t("foundation.help.link")}</a>
      <Ground />
    </>
  );
}

function Mine({ plans }: { plans: readonly LocalRecord[] }) {
  const begun = useBegun();
  const [first, ...others] = plans;
  if (begun === undefined) return null;
  if (first === undefined || (first.body !== null && isBlank(planOf(first.body)))) return <None begun={begun} />;
  return (
    <>
      {begun && <Begun />}
      <Whole plan={first} />
      {others.map((one) => <Other key={one.id} plan={one} />)}
    </>
  );
}

/** What it is for; nothing has to be made of it. */
function None({ begun }: { begun: boolean }) {
  const together = useTogether();
  if (together === undefined) return null;
  return (
    <>
      {together !== null && <WrittenTogether heading />}
      <p class="lead">{st(together === null ? "safety.plan.none" : "safety.plan.none_own")}</p>
      <p>{st("safety.plan.for")}</p>
      <p>{st("safety.plan.together")}</p>
      <a class="primary wide-button" href="/safety-plan/change">{st(begun ? "safety.plan.go_on" : "safety.plan.begin")}</a>
      <Ground />
    </>
  );
}

function Ground() {
  return <a class="button wide-button not-printed" href="/play/back-in-the-room">{st("safety.plan.ground")}</a>;
}

/** Typed and not saved: the plan below is still the one before. */
function Begun() {
  return (
    <section class="notice not-printed">
      <p>{st("safety.plan.begun")}</p>
      <a class="button" href="/safety-plan/change">{st("safety.plan.go_on")}</a>
    </section>
  );
}

function Whole({ plan }: { plan: LocalRecord }) {
  const { body, saved_at } = plan;
  return (
    <>
      {body === null ? <p class="notice warm">{st("safety.plan.unreadable")}</p> : <Parts plan={planOf(body)} />}
      <WrittenTogether heading={!filledParts(planOf(body)).includes("around")} />
      <p class="hint">{st("safety.plan.saved_on", { day: new Intl.DateTimeFormat(dates, { dateStyle: "long" }).format(saved_at) })}</p>
      <div class="row not-printed">
        <a class="button" href="/safety-plan/change">{st("safety.plan.change")}</a>
        {body !== null && <button type="button" class="button" onClick={() => print()}>{st("safety.plan.print")}</button>}
      </div>
      <div class="stack loose not-printed">
        <Ground />
        <SafetyShare plan={plan} />
        <SafetyEarlier plan={plan} />
        <Delete plan={plan} />
      </div>
    </>
  );
}

/** Two phones each began one before they knew of each other. */
function Other({ plan }: { plan: LocalRecord }) {
  return (
    <section class="card not-printed" aria-labelledby={plan.id}>
      <h2 id={plan.id}>{st("safety.other.title")}</h2>
      <p>{st("safety.other.text")}</p>
      <Parts plan={planOf(plan.body)} level={4} />
      <Delete plan={plan} />
    </section>
  );
}

function Delete({ plan: { id } }: { plan: LocalRecord }) {
  const { route } = useLocation();
  const [asking, setAsking] = useState(false);
  const going = useAction(async () => {
    await remove([id]);
    route("/safety-plan", true);
  });
  return (
    <div>
      <button type="button" class="quiet" onClick={() => setAsking(true)} disabled={going.busy}>{st("safety.delete")}</button>
      {going.trouble && <p class="problem" role="alert">{going.trouble}</p>}
      {asking && (
        <Ask title={st("safety.delete.ask")} text={st("safety.delete.text")} yes={st("safety.delete.yes")}
          onYes={() => { setAsking(false); going.run(); }} onNo={() => setAsking(false)} />
      )}
    </div>
  );
}

/** Whether something was typed and not saved; undefined until it was looked up. */
function useBegun(): boolean | undefined {
  const [begun, setBegun] = useState<boolean>();
  useEffect(() => {
    let gone = false;
    draftNames().then(
      (drafts) => gone || setBegun(drafts.some(({ name }) => name === DRAFT)),
      () => gone || setBegun(false),
    );
    return () => {
      gone = true;
    };
  }, []);
  return begun;
}
