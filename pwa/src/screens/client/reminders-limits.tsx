// What holds for all reminders together: quiet hours, the most a day, a pause.
import { useRef, useState } from "preact/hooks";
import { t } from "../../app/words.ts";
import { useDraft } from "../../data/drafts.ts";
import type { LocalRecord, Plan } from "../../data/types.ts";
import { addDays, localDay, zoneHere } from "../../history/days.ts";
import { type BegunLimits, LIMITS } from "../../reminders/begun.ts";
import type { Hours } from "../../reminders/clocks.ts";
import { answered, silenced } from "../../reminders/form.ts";
import { keepLimits } from "../../reminders/keep.ts";
import { type Limits, MOST_CHOICES, USUAL } from "../../reminders/limits.ts";
import { dayInWords, listed, rt, shownTime } from "../../reminders/words.ts";
import { useAction } from "../../ui/action.ts";
import { Chips } from "../../ui/inputs/index.ts";
import { Switch } from "../../ui/inputs/switch.tsx";
import { Trouble } from "./reminders-row.tsx";

type Props = { limits: Limits; plans: readonly LocalRecord<Plan>[] };
const NOTHING: BegunLimits = {};
const NONE: Hours = { from: "00:00", to: "00:00" };

export function OwnLimits({ limits, plans }: Props) {
  const [opened, setOpened] = useState<"limits" | "pause" | null>(null);
  const draft = useDraft<BegunLimits>(LIMITS, NOTHING);
  const begun = draft.value.value ?? NOTHING;
  const keep = (part: BegunLimits) => draft.set({ ...(draft.value.peek() ?? NOTHING), ...part });
  const close = () => {
    setOpened(null);
    void draft.clear();
  };
  const open = opened ?? (begun === NOTHING ? null : begun.pause === undefined ? "limits" : "pause");
  const { quiet, most } = limits;
  return (
    <section class="stack" aria-labelledby="reminder-limits">
      <h3 id="reminder-limits">{rt("planning.limits")}</h3>
      <p>
        {isQuiet(quiet) ? rt("planning.limits.quiet", { from: shownTime(quiet.from), to: shownTime(quiet.to) }) : rt("planning.limits.noQuiet")}{" "}
        {rt("planning.limits.most", { n: most })}
      </p>
      <Paused limits={limits} />
      {open !== null && opened === null && <p class="hint">{rt("planning.begun")}</p>}
      {open === "limits" && <LimitsForm limits={limits} plans={plans} begun={begun} keep={keep} close={close} />}
      {open === "pause" && <PauseForm begun={begun} keep={keep} close={close} />}
      {open === null && (
        <div class="chips">
          <button type="button" class="button" onClick={() => setOpened("limits")}>{rt("planning.limits.change")}</button>
          {!isPaused(limits) && <button type="button" class="button" onClick={() => setOpened("pause")}>{rt("planning.pause")}</button>}
        </div>
      )}
    </section>
  );
}

interface FormProps {
  begun: BegunLimits;
  keep: (part: BegunLimits) => void;
  close: () => void;
}

function LimitsForm({ limits, plans, begun: { quiet = limits.quiet, most = limits.most }, keep, close }: Props & FormProps) {
  const [asking, setAsking] = useState<readonly string[]>([]);
  const keepsTimes = useRef(false);
  const isSame = quiet.from === limits.quiet.from && quiet.to === limits.quiet.to;
  const write = useAction(async () => {
    const hours = { from: quiet.from, to: quiet.to };
    const changed = asking.length === 0 ? [] : plans.map((plan) => [plan, answered(plan.body as Plan, hours, keepsTimes.current)] as [LocalRecord<Plan>, Plan]);
    await keepLimits({ ...(!isSame && { quiet: hours }), most }, changed.filter(([plan, next]) => (plan.body?.in_quiet ?? []).join() !== next.in_quiet?.join()), LIMITS);
    close();
  });
  const change = (hours: Hours) => {
    keep({ quiet: hours });
    setAsking([]);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const asked = isSame ? [] : silenced(plans.map(({ body }) => body as Plan), quiet);
    if (asked.length > 0) setAsking(asked);
    else write.run();
  };
  const answer = (kept: boolean) => {
    keepsTimes.current = kept;
    write.run();
  };
  const wrong = quiet.from === "" || quiet.to === "" || (quiet.from === quiet.to && quiet.from !== NONE.from);
  return (
    <form class="stack" onSubmit={submit} aria-label={rt("planning.limits.form")}>
      <p class="hint">{rt("planning.limits.text")}</p>
      <Switch label={rt("planning.limits.quiet.on")} description={rt("planning.limits.quiet.onText")} on={isQuiet(quiet)}
        onChange={(on) => change(on ? USUAL.quiet : NONE)} />
      {isQuiet(quiet) && <QuietFields quiet={quiet} change={change} />}
      <Chips label={rt("planning.limits.mostA")} hint={rt("planning.limits.mostHint")} options={MOST_CHOICES.map((n) => ({ id: String(n), label: String(n) }))}
        value={[String(most)]} onChange={([picked]) => keep({ most: Number(picked ?? most) })} />
      {wrong && <p class="problem" role="status">{rt("planning.limits.same")}</p>}
      {asking.length > 0 ? (
        <div class="notice" role="alert">
          <p>{rt("planning.limits.ask", { times: listed(asking.map(shownTime)) })}</p>
          <button type="button" class="button" onClick={() => answer(true)}>{rt("planning.limits.ask.keep")}</button>
          <button type="button" class="quiet" onClick={() => answer(false)}>{rt("planning.limits.ask.drop")}</button>
        </div>
      ) : (
        <div class="chips">
          <button type="submit" class="primary" disabled={wrong || write.busy}>{rt("planning.save")}</button>
          <button type="button" class="quiet" onClick={close}>{t("foundation.cancel")}</button>
        </div>
      )}
      <Trouble text={write.trouble} />
    </form>
  );
}

function QuietFields({ quiet, change }: { quiet: Hours; change: (hours: Hours) => void }) {
  return (
    <>
      {(["from", "to"] as const).map((end) => (
        <div class="field" key={end}>
          <label for={`reminder-quiet-${end}`}>{rt(`planning.limits.${end}`)}</label>
          <input id={`reminder-quiet-${end}`} class="input" type="time" required value={quiet[end]}
            onInput={({ currentTarget }) => change({ ...quiet, [end]: currentTarget.value.slice(0, 5) })} />
        </div>
      ))}
    </>
  );
}

function PauseForm({ begun, keep, close }: FormProps) {
  const today = localDay(Date.now(), zoneHere());
  const day = begun.pause ?? addDays(today, 7);
  const write = useAction(async () => {
    await keepLimits({ paused_until: day }, [], LIMITS);
    close();
  });
  return (
    <form class="stack" aria-label={rt("planning.pause")} onSubmit={(event) => { event.preventDefault(); if (day > today) write.run(); }}>
      <div class="field">
        <label for="reminder-pause">{rt("planning.pause.day")}</label>
        <input id="reminder-pause" class="input" type="date" required min={addDays(today, 1)} value={day} onInput={({ currentTarget }) => keep({ pause: currentTarget.value })} />
      </div>
      <div class="chips">
        <button type="submit" class="primary" disabled={day <= today || write.busy}>{rt("planning.pause.go")}</button>
        <button type="button" class="quiet" onClick={close}>{t("foundation.cancel")}</button>
      </div>
      <Trouble text={write.trouble} />
    </form>
  );
}

function Paused({ limits }: { limits: Limits }) {
  const end = useAction(() => keepLimits({ paused_until: null }));
  if (!isPaused(limits)) return null;
  return (
    <div class="notice">
      <p role="status">{rt("planning.paused", { day: dayInWords(limits.paused_until ?? "", localDay(Date.now(), zoneHere())) })}</p>
      <button type="button" class="button" onClick={end.run} disabled={end.busy}>{rt("planning.pause.end")}</button>
      <Trouble text={end.trouble} />
    </div>
  );
}

function isPaused({ paused_until }: Limits): boolean {
  return paused_until !== null && paused_until > localDay(Date.now(), zoneHere());
}

function isQuiet({ from, to }: Hours): boolean {
  return from !== to || from !== NONE.from;
}
