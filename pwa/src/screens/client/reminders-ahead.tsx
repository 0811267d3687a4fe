// What would come in the next 14 days, worked out on this phone; and what would not, with why.
import { ahead, type Coming } from "../../data/plans.ts";
import { pushState } from "../../data/push.ts";
import type { LocalRecord, Mark, Plan } from "../../data/types.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import type { Limits } from "../../reminders/limits.ts";
import { resting } from "../../reminders/resting.ts";
import { clock, dayInWords, rt } from "../../reminders/words.ts";
import "../../styles/reminders.css";
import { Fold } from "./check-in-fold.tsx";

const DAYS = 14;
type Props = { plans: LocalRecord<Plan>[]; marks: LocalRecord<Mark>[]; limits: Limits };

export function Ahead({ plans, marks, limits }: Props) {
  const [now, zone] = [Date.now(), zoneHere()];
  const today = localDay(now, zone);
  const all = ahead(plans.filter(({ id }) => resting.value[id] !== "off"), marks, now, DAYS, zone, limits);
  const next = all.find(({ skip, maybe, at }) => skip === null && !maybe && at > now);
  const unreached = next !== undefined && pushState.value !== undefined && pushState.value !== "on";
  return (
    <div class="stack">
      <p>{next ? rt("planning.ahead.next", { day: dayInWords(next.day, today), when: whenOf(next) }) : rt("planning.ahead.none")}</p>
      {unreached && <p class="muted">{rt("planning.ahead.unreached")}</p>}
      {all.length > 0 && (
        <Fold title={rt("planning.ahead")} answer="" slim>
          <dl class="reminder-days">
            {byDay(all).map(([day, some]) => (
              <div key={day}>
                <dt>{dayInWords(day, today)}</dt>
                <dd>
                  {some.map((one) => <div key={`${one.plan} ${one.slot}`} class={one.skip === null ? undefined : "muted"}>{inWords(one, now)}</div>)}
                </dd>
              </div>
            ))}
          </dl>
        </Fold>
      )}
    </div>
  );
}

function inWords(one: Coming, now: number): string {
  const when = whenOf(one);
  if (one.skip !== null) return rt(`planning.skip.${one.skip}`, { when });
  if (one.maybe) return rt("planning.ahead.maybe", { when });
  return one.at <= now ? rt("planning.ahead.now", { when }) : when;
}

function whenOf({ at, to, times }: Coming): string {
  if (to === null) return clock(at);
  const between = { from: clock(at), to: clock(to) };
  return times === 1 ? rt("planning.between", between) : rt("planning.between.n", { n: times, ...between });
}

function byDay(all: readonly Coming[]): [string, Coming[]][] {
  const days = new Map<string, Coming[]>();
  for (const one of all) days.set(one.day, [...(days.get(one.day) ?? []), one]);
  return [...days];
}
