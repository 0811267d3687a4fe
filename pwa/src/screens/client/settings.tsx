// Settings: what this phone holds, reminders, what is shared, and the way out.
import { useEffect, useState } from "preact/hooks";
import { installBy } from "../../app/install.ts";
import { InstallWays } from "../../app/install-hint.tsx";
import { later } from "../../app/later.tsx";
import { Notices } from "../../app/notices.tsx";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import { deviceName } from "../../data/device.ts";
import { exportAll } from "../../data/everything.ts";
import { kept } from "../../data/flags.ts";
import { status } from "../../data/journal.ts";
import { me } from "../../data/session.ts";
import { narration } from "../../exercise/narration.ts";
import { localDay, zoneHere } from "../../history/days.ts";
import { nt } from "../../pair/words.ts";
import { useLate } from "../../ui/late.ts";
import { saveFile } from "../../ui/save-file.ts";
import ReadAloud from "./read-aloud.tsx";
import { SafetyLink } from "./safety-link.tsx";
import { SignOutDialog } from "./sign-out.tsx";

const Reminders = later(() => import("./reminders.tsx"));

/** What stands below the reminders waits for them: nothing moves under a finger. */
export default function Settings() {
  const [remindersRead, setRead] = useState(false);
  const late = useLate();
  useEffect(() => void narration.load(), []);
  const isRead = remindersRead && narration.value.value !== undefined;
  return (
    <Screen title={t("foundation.settings.title")} backTo="/">
      <Notices />
      <Reminders onRead={() => setRead(true)} />
      {(isRead || late) && <Others />}
    </Screen>
  );
}

function Others() {
  return (
    <>
      <ReadAloud />
      <OnThisPhone />
      <section class="card">
        <h2>{t("foundation.settings.sharing.title")}</h2>
        <p>{t("foundation.first.shared.text")}</p>
        <p>{t("foundation.first.private.text")}</p>
        <p>{t("foundation.first.control")}</p>
        <a class="button" href="/settings/sharing">{t("foundation.settings.sharing.link")}</a>
        <a class="button" href="/settings/notes">{nt("pair.notes.settings")}</a>
      </section>
      <SafetyLink />
      <section class="card">
        <h2>{t("foundation.settings.live.title")}</h2>
        <p>{t("foundation.first.live")}</p>
      </section>
      {installBy.value !== null && (
        <section class="card">
          <h2>{t("foundation.settings.install.title")}</h2>
          <p>{t("foundation.install.why")}</p>
          <InstallWays />
        </section>
      )}
      <ThisPhone />
    </>
  );
}

function OnThisPhone() {
  const { onlyHere, waiting, refused } = status.value;
  const anyKept = (kept.value.value ?? 0) + status.value.kept > 0;
  return (
    <section class="card">
      <h2>{t("foundation.settings.leave.title")}</h2>
      {onlyHere === 0 && !anyKept && <p>{t("foundation.settings.onlyHere.none")}</p>}
      {!!onlyHere && <p>{t("foundation.settings.onlyHere.some", { n: onlyHere })}</p>}
      {!!waiting && <p>{t("foundation.settings.onlyHere.waiting", { n: waiting })}</p>}
      {!!refused && <a href="/settings/unsent">{t("foundation.status.refused", { n: refused })}</a>}
      <a class="button" href="/settings/leave">{t("foundation.settings.leave")}</a>
    </section>
  );
}

/** Hands the person a file with everything of theirs on this phone. */
export async function saveEverything(): Promise<void> {
  saveFile(t("foundation.settings.export.file", { day: localDay(Date.now(), zoneHere()) }), await exportAll());
}

function ThisPhone() {
  const [asked, setAsked] = useState(0);
  const facts = [
    [t("foundation.settings.phone.name"), me.value?.name],
    [t("foundation.settings.phone.therapist"), me.value?.therapist],
    [t("foundation.settings.phone.practice"), me.value?.practice],
    [t("foundation.settings.phone.device"), deviceName()],
  ].filter(([, value]) => value);
  return (
    <section class="card">
      <h2>{t("foundation.settings.phone.title")}</h2>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="muted">{t("foundation.settings.signOut.text")}</p>
      <button type="button" class="button" onClick={() => setAsked((times) => times + 1)}>
        {t("foundation.settings.signOut.button")}
      </button>
      {asked > 0 && <SignOutDialog key={asked} close={() => setAsked(0)} />}
    </section>
  );
}
