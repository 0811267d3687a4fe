import { useRef, useState } from "preact/hooks";
import { zoneHere } from "../../history/days.ts";
import { Icon } from "../../ui/icon.tsx";
import { Trouble } from "./action.tsx";
import { Dialog } from "./dialog.tsx";
import { type Inviting, useInvite } from "./invite.ts";
import { clock, moment } from "./times.ts";
import type { Client, FreshInvite } from "./types.ts";
import { own, tt } from "./words.ts";

type Props = { client: Client; onClose: () => void };

/** What the client scans, types or is sent, in the room. */
export function InviteDialog({ client, onClose }: Props) {
  const inviting = useInvite(client);
  return (
    <Dialog title={tt("therapist.invite.title", { name: own(client.name) })} onClose={onClose} wide>
      <div class="stack">
        {inviting.state === "waiting" && <p class="muted small">{tt("therapist.invite.neutral")}</p>}
        <Inside client={client} inviting={inviting} />
        <Standing inviting={inviting} />
        <Trouble text={inviting.make.trouble ?? inviting.revoke.trouble} {...(inviting.make.trouble !== null && { again: inviting.make.run })} />
        <div class="row spread">
          <button type="button" class={inviting.state === "joined" ? "primary" : "button"} onClick={onClose}>{tt("therapist.close")}</button>
          {inviting.state === "waiting" && inviting.invite && (
            <button type="button" class="quiet" disabled={inviting.revoke.busy} onClick={inviting.revoke.run}>{tt("therapist.invite.revoke")}</button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function Inside({ client, inviting }: { client: Client; inviting: Inviting }) {
  const { invite, state } = inviting;
  if (state === "joined") return <Joined client={client} />;
  if (state === "revoked") return <p class="notice">{tt("therapist.invite.isRevoked")}</p>;
  return (
    <div class="desk-invite">
      <div class="desk-qr">{invite && <img src={picture(invite.qr)} alt={tt("therapist.invite.qr")} width="320" height="320" />}</div>
      <div class="stack">
        <Code inviting={inviting} />
        {invite ? <Link invite={invite} now={inviting.now} /> : <div class="desk-ghost desk-link-ghost" aria-hidden="true" />}
      </div>
    </div>
  );
}

function Joined({ client }: { client: Client }) {
  return (
    <div class="notice desk-joined">
      <p class="lead"><Icon name="done" /> <strong>{tt("therapist.invite.isJoined")}</strong></p>
      <p>{tt("therapist.invite.joinedText", { name: own(client.name) })}</p>
    </div>
  );
}

function Code({ inviting: { invite, now, make } }: { inviting: Inviting }) {
  const over = invite !== null && invite.code_expires_at <= now;
  return (
    <div class="stack tight">
      <h3>{tt("therapist.invite.code")}</h3>
      <p class={over ? "desk-code over" : "desk-code"}>{invite?.code ?? "\u00a0"}</p>
      {over ? (
        <button type="button" class="button" disabled={make.busy} onClick={make.run}>{tt("therapist.invite.renew")}</button>
      ) : (
        <p class="muted small desk-clock">{invite ? tt("therapist.invite.left", { time: clock(invite.code_expires_at, now) }) : "\u00a0"}</p>
      )}
    </div>
  );
}

function Link({ invite, now }: { invite: FreshInvite; now: number }) {
  const box = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(invite.link);
      setSaid(tt("therapist.invite.copied"));
    } catch {
      box.current?.select();
      setSaid(tt("therapist.invite.copyByHand"));
    }
  };
  return (
    <div class="stack tight">
      <label class="desk-label" for="invite-link">{tt("therapist.invite.link")}</label>
      <div class="desk-copy">
        <input ref={box} id="invite-link" class="input" readOnly dir="ltr" value={invite.link} onFocus={(event) => event.currentTarget.select()} />
        <button type="button" class="button" onClick={() => void copy()}>{tt("therapist.invite.copy")}</button>
      </div>
      <p class="muted small">{tt("therapist.invite.linkUntil", { when: moment(invite.expires_at, now, zoneHere()) })}</p>
      <p class="small desk-said" role="status">{said}</p>
    </div>
  );
}

function Standing({ inviting: { state, invite } }: { inviting: Inviting }) {
  const words = state === "waiting" && invite ? tt("therapist.invite.isWaiting") : state === "expired" ? tt("therapist.invite.isExpired") : "";
  return <p class="desk-standing" role="status">{words}</p>;
}

/** The code as a picture: SVG text shown as an image can run nothing. */
function picture(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
