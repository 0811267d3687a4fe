import { useEffect, useState } from "preact/hooks";
import { zoneHere } from "../../history/days.ts";
import { Trouble, useAction, useReading } from "./action.tsx";
import { api } from "./api.ts";
import { InviteDialog } from "./invite-dialog.tsx";
import { inviting, shown } from "./state.ts";
import { moment } from "./times.ts";
import type { Client, Invite } from "./types.ts";
import { tt } from "./words.ts";

/** Letting a phone in: for a client who has not joined yet this comes first; afterwards it is for one more phone. */
export function InvitePanel({ client }: { client: Client }) {
  const [open, setOpen] = useState(false);
  const [invites, setInvites] = useState<Invite[]>([]);
  const reading = useReading(client.id, async () => {
    setInvites((await api<{ invites: Invite[] }>("GET", `/api/invites?client=${client.id}`)).invites);
  });
  useEffect(() => () => {
    inviting.value = null;
  }, []);
  const showing = open || inviting.value === client.id;
  const close = (): void => {
    inviting.value = null;
    setOpen(false);
    reading.again();
  };
  const past = (
    <>
      <Trouble text={reading.trouble} again={reading.again} />
      <Past invites={invites} client={client} changed={reading.again} />
    </>
  );
  return (
    <>
      {client.joined_at === null ? (
        <section class="card" aria-labelledby="invite-title">
          <h2 id="invite-title">{tt("therapist.invite.first")}</h2>
          <p>{tt("therapist.invite.firstText")}</p>
          <div class="row"><button type="button" class="primary" onClick={() => setOpen(true)}>{tt("therapist.invite.show")}</button></div>
          <details class="desk-more">
            <summary>{tt("therapist.invite.past")}</summary>
            {past}
          </details>
        </section>
      ) : (
        <details class="desk-more">
          <summary>{tt("therapist.invite.phones")}</summary>
          <div class="stack">
            <p>{tt("therapist.invite.another")}</p>
            <div class="row"><button type="button" class="button" onClick={() => setOpen(true)}>{tt("therapist.invite.addPhone")}</button></div>
            {past}
          </div>
        </details>
      )}
      {showing && <InviteDialog client={client} onClose={close} />}
    </>
  );
}

function Past({ invites, client, changed }: { invites: Invite[]; client: Client; changed: () => void }) {
  if (invites.length === 0) return <p class="muted small">{tt("therapist.invite.noPast")}</p>;
  return (
    <ul class="desk-list small">
      {invites.map((invite) => <li key={invite.id}><One invite={invite} client={client} changed={changed} /></li>)}
    </ul>
  );
}

function One({ invite, client, changed }: { invite: Invite; client: Client; changed: () => void }) {
  const revoking = useAction(async () => {
    await api("DELETE", `/api/invites/${invite.id}`);
    if (shown.get(client.id)?.id === invite.id) shown.delete(client.id);
    changed();
  });
  return (
    <>
      <span class="desk-title">
        <span>{words(invite)}</span>
        {invite.state === "waiting" && (
          <button type="button" class="quiet" disabled={revoking.busy} onClick={revoking.run}>{tt("therapist.invite.revoke")}</button>
        )}
      </span>
      <Trouble text={revoking.trouble} />
    </>
  );
}

function words({ state, created_at, expires_at, used_at }: Invite): string {
  const when = (at: number): string => moment(at, Date.now(), zoneHere());
  if (state === "joined") return tt("therapist.invite.wasJoined", { when: when(used_at ?? created_at) });
  if (state === "waiting") return tt("therapist.invite.wasWaiting", { when: when(expires_at) });
  return tt(state === "revoked" ? "therapist.invite.wasRevoked" : "therapist.invite.wasExpired", { when: when(created_at) });
}
