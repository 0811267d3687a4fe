import { useLocation } from "preact-iso/router";
import { useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { dates } from "../../app/dates.ts";
import { t } from "../../history/entry-words.ts";
import { discard, get, remove, retry, withdraw } from "../../data/journal.ts";
import { dayLabel } from "../../history/day-words.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { type Entry, hasPrivate, idsOf, isShared } from "../../history/entries.ts";
import { titleOf } from "../../history/fields.ts";
import { isWords } from "../../history/rewriting.ts";
import { textsOf } from "../../history/texts.ts";
import { useEntry } from "../../history/use-entry.ts";
import { vocabulary } from "../../pair/vocabulary.ts";
import { Ask } from "./history-ask.tsx";
import { EarlierVersions } from "./history-earlier.tsx";
import { exerciseIn, timeWords } from "./history-list.tsx";
import { Answers, Texts } from "./history-texts.tsx";
import { kt, whenWords } from "../../app/keeping-words.ts";
import { useDiscussed } from "../../brief/discussed.ts";
import { openedBy, type Reading } from "../../data/readings.ts";
import { useReadings } from "../../sharing/use-readings.ts";
import { leavingWords } from "../../sharing/leaving.ts";
import { names, st } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";

/** One entry, whole: what was answered, who can see it, and taking it back or deleting it. */
export function HistoryDetail({ id }: { id: string }) {
  const found = useEntry(id);
  if (found === null) return <Screen title={t("history.title")} backTo="/history" />;
  const { entry, near } = found;
  return entry === undefined ? <Gone /> : <Whole entry={entry} texts={textsOf(entry, near)} />;
}

function Gone() {
  return (
    <Screen title={t("history.detail.gone")} backTo="/history">
      <p>{t("history.detail.gone_text")}</p>
      <p><a class="button" href="/history">{t("history.detail.to_history")}</a></p>
    </Screen>
  );
}

function Whole({ entry, texts }: { entry: Entry; texts: readonly Entry[] }) {
  const today = localDay(Date.now(), zoneHere());
  const { log, fresh: known } = useReadings();
  const reading = log === null ? null : openedBy(log, entry.main);
  return (
    <Screen title={titleOf(entry, vocabulary.value, exerciseIn(entry))} backTo="/history">
      <p class="muted">{dayLabel(entry.day, today, dates, t)} · {timeWords(entry)}</p>
      {entry.main.unreadable && <Unreadable entry={entry} />}
      {texts.length > 1 ? <Texts entry={entry} texts={texts} /> : <Answers entry={entry} />}
      <Change entry={entry} />
      {!entry.main.unreadable && <Sharing entry={entry} reading={reading} known={known} />}
      <EarlierVersions entry={entry} />
      <Actions entry={entry} reading={reading} />
    </Screen>
  );
}

function Unreadable({ entry: { main } }: { entry: Entry }) {
  return <p class="notice warm">{kt(main.body === null ? "keeping.unreadable.gone" : "keeping.unreadable.kept")}</p>;
}

/** Whether it was opened, as far as this phone knows. */
function Opened({ reading, known }: Looks) {
  if (reading === null) return known ? <p>{st("sharing.not_opened", names())}</p> : null;
  return <p>{st("sharing.opened", { who: reading.by, when: whenWords(reading.at) })}</p>;
}

interface Looks {
  reading: Reading | null;
  /** The server said so just now. */
  known: boolean;
}

function Sharing({ entry, reading, known }: Looks & { entry: Entry }) {
  const { id, state } = entry.main;
  const discussed = useDiscussed(id);
  return (
    <section class="stack tight">
      <h2>{t("history.detail.who")}</h2>
      <p role="status">{leavingWords(entry.main) ?? t(isShared(entry) ? "history.detail.who_shared" : "history.detail.who_private")}</p>
      {isShared(entry) && hasPrivate(entry) && <p>{state === "waiting" ? st("sharing.leaving.part", names()) : t("history.detail.who_part")}</p>}
      {isShared(entry) && state !== "refused" && <p class="hint">{t(`foundation.state.${state}`)}</p>}
      {isShared(entry) && state === "sent" && <Opened reading={reading} known={known} />}
      {discussed && <p>{st("sharing.discussed", names())}</p>}
      <p><a class="button" href={`/history/${id}/sharing`}>{st("sharing.entry.link")}</a></p>
      {state === "refused" && <Refused entry={entry} />}
    </section>
  );
}

/** One of the two at a time: what is being sent again is not given up meanwhile. */
function Refused({ entry: { main } }: { entry: Entry }) {
  const { id, reason } = main;
  const again = useAction(() => retry(id));
  const given = useAction(() => discard(id));
  const busy = again.busy || given.busy;
  const trouble = again.trouble ?? given.trouble;
  const back = main.audience === "me";
  return (
    <div class="notice warm" role="group">
      {!back && <p>{t("history.detail.refused")}</p>}
      {reason !== null && <p>{t("history.detail.refused_why", { reason })}</p>}
      <div class="row">
        <button type="button" class="button" disabled={busy} onClick={again.run}>{t("history.detail.retry")}</button>
        <button type="button" class="quiet" disabled={busy} onClick={given.run}>
          {back ? st("sharing.leaving.give_up") : t("history.detail.discard")}
        </button>
      </div>
      {trouble && <p class="problem" role="alert">{trouble}</p>}
    </div>
  );
}

type Asking = "takeback" | "delete" | null;

function Actions({ entry, reading }: { entry: Entry; reading: Reading | null }) {
  const { route } = useLocation();
  const [asking, setAsking] = useState<Asking>(null);
  const [failed, setFailed] = useState(false);
  const [other, setOther] = useState(false);
  const run = async (work: () => Promise<unknown>) => {
    setAsking(null);
    setFailed(false);
    setOther(false);
    await work().catch(() => setFailed(true));
  };
  const deleteAll = () => run(async () => {
    await remove(idsOf(entry));
    if ((await get(entry.main.id)) !== undefined) return setOther(true);
    route("/history", true);
  });
  const shared = isShared(entry);
  return (
    <div class="stack tight">
      {failed && <p class="problem" role="alert">{t("history.not_done")}</p>}
      {other && <p class="notice" role="status">{t("history.delete.other")}</p>}
      <div class="row">
        {shared && <button type="button" class="button" onClick={() => setAsking("takeback")}>{t("history.takeback")}</button>}
        <button type="button" class="button" onClick={() => setAsking("delete")}>{t("history.delete")}</button>
      </div>
      {asking === "takeback" && (
        <Ask title={t("history.takeback.ask")} text={takeBackWords(reading)} yes={t("history.takeback.yes")}
          onYes={() => void run(() => takeBack(entry))} onNo={() => setAsking(null)} />
      )}
      {asking === "delete" && (
        <Ask title={t("history.delete.ask")} text={t(shared || leavingWords(entry.main) !== null ? "history.delete.text" : "history.delete.text_private")}
          yes={t("history.delete.yes")} onYes={() => void deleteAll()} onNo={() => setAsking(null)} />
      )}
    </div>
  );
}

/** A check-in opens in its form, words in theirs, what was left for another day in its own as long as it is that day. What was
 *  done in an exercise stays as it was. */
function Change({ entry }: { entry: Entry }) {
  const path = entry.main.body === null ? null : formFor(entry);
  return path === null ? null : <p><a class="button" href={path}>{kt("keeping.rewrite.open")}</a></p>;
}

function formFor(entry: Entry): string | null {
  const { id, kind, day, main } = entry;
  if (kind === "checkin") return `/check-in?entry=${id}`;
  if (kind === "not-today") return day === localDay(Date.now(), zoneHere()) ? `/practise/${String(main.body?.["exercise"])}/not-today` : null;
  return isWords(entry) ? `/history/${id}/change` : null;
}

function takeBackWords(reading: Reading | null): string {
  return reading === null ? t("history.takeback.text") : st("sharing.opened_takeback", { ...names(), when: whenWords(reading.at) });
}

/** Every part that is shared stays here and leaves the server. */
async function takeBack(entry: Entry): Promise<void> {
  const shared = [entry.main, ...entry.parts].filter((record) => record.audience === "therapist");
  for (const { id } of shared) await withdraw(id);
}
