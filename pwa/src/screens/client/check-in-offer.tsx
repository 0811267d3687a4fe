import { t } from "../../app/words.ts";
import { useRecords } from "../../data/journal.ts";
import { exerciseOf } from "../../data/library.ts";
import { me } from "../../data/session.ts";
import type { Assignment, Menu, Run } from "../../data/types.ts";
import { isApproved } from "../../exercise/approved.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { liveAssignments } from "../../practise/lists.ts";
import { useLeftToday } from "../../practise/use-left-today.ts";
import { Icon } from "../../ui/icon.tsx";
import { nextOf } from "./next.ts";
import "../../styles/practise.css";

/** At most one exercise after a check-in: an assigned one that is still due this week, asks little, and was not left for another day. */
export function CheckInOffer() {
  const assignments = useRecords<Assignment>({ kinds: ["assignment"] }) ?? [];
  const runs = useRecords<Run>({ kinds: ["run"], limit: 200 });
  const menu = useRecords<Menu>({ kinds: ["menu"], limit: 1 })?.[0]?.body;
  const today = localDay(Date.now(), zoneHere());
  const left = useLeftToday();
  const low = liveAssignments(assignments, today).filter(({ body }) => exerciseOf(body.exercise)?.intensity === "low");
  const next = runs === null || left === null ? null : nextOf(low, runs, today, { menu, aside: left });
  const exercise = next === null || next.enough || next.aside ? undefined : exerciseOf(next.assignment.body.exercise);
  if (exercise === undefined) return null;
  return (
    <section class="stack tight" aria-labelledby="offer">
      <h2 id="offer" class="offer-title">{t("checkin.offer")}</h2>
      <ul class="rows">
        <li>
          <a class="row-link" href={`/practise/${exercise.id}`}>
            <span class="shelf-words">
              <span class="shelf-title">{exercise.title}</span>
              <span class="hint">
                {t("checkin.offer_minutes", { n: exercise.minutes })}
                {!isApproved(exercise, me.value?.approvals ?? []) && ` · ${t("practise.draft")}`}
              </span>
            </span>
            <Icon name="forward" turns />
          </a>
        </li>
      </ul>
    </section>
  );
}
