// What is said when everything was deleted. Nobody is signed in any more; help and steadying are still here.
import { Screen } from "../../app/shell.tsx";
import { ended, me } from "../../data/session.ts";
import { erased } from "../../leaving/erased.ts";
import { lt } from "../../leaving/words.ts";

export function Gone() {
  const { entries } = erased.value ?? {};
  if (erased.value === null && ended.value !== "erased") return me.value === null ? <SignedOut /> : <NothingHere />;
  return (
    <Screen title={lt("leaving.gone.title")} frame="bare">
      <ul>
        <li>{entries == null ? lt("leaving.gone.phone_none") : lt("leaving.gone.phone", { n: entries })}</li>
        <li>{lt("leaving.gone.server")}</li>
        <li>{lt("leaving.gone.therapist")}</li>
        <li>{lt("leaving.gone.devices")}</li>
      </ul>
      <p>{lt("leaving.gone.stays")}</p>
      <StillHere />
      <p class="muted">{lt("leaving.gone.again")}</p>
    </Screen>
  );
}

function StillHere() {
  return (
    <section class="card">
      <p>{lt("leaving.gone.help")}</p>
      <div class="row">
        <a class="button" href="/help">{lt("leaving.gone.help_link")}</a>
        <a class="button" href="/play/back-in-the-room">{lt("leaving.gone.ground")}</a>
      </div>
    </section>
  );
}

/** Opened again later, maybe without a connection: nothing here remembers what was deleted, so nothing more is claimed. */
function SignedOut() {
  return (
    <Screen title={lt("leaving.gone.empty")} frame="bare">
      <p>{lt("leaving.gone.empty_text")}</p>
      <StillHere />
      <p class="muted">{lt("leaving.gone.again")}</p>
    </Screen>
  );
}

function NothingHere() {
  return (
    <Screen title={lt("leaving.gone.nothing")} frame="bare">
      <p>{lt("leaving.gone.nothing_text")}</p>
      <p><a class="button" href="/">{lt("leaving.gone.to_start")}</a></p>
    </Screen>
  );
}
