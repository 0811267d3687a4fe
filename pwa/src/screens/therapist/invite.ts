// One invite while its dialog is open: made, watched until a phone joins, renewed, taken back.
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../../data/api.ts";
import { newId } from "../../data/ids.ts";
import { type Action, useAction } from "./action.tsx";
import { api } from "./api.ts";
import { keepClient, shown } from "./state.ts";
import type { Client, FreshInvite, Invite } from "./types.ts";

const EVERY = 3_000;
/** What an invite shown again must still be good for. */
const WORTH = 60_000;

export interface Inviting {
  invite: FreshInvite | null;
  state: Invite["state"];
  /** Makes the link and the code, or makes them anew; the ones before are void. */
  make: Action<[]>;
  revoke: Action<[]>;
  /** What the server's clock shows, as far as it is known. */
  now: number;
}

export function useInvite(client: Client): Inviting {
  const id = useRef(shown.get(client.id)?.id ?? newId());
  const [invite, setInvite] = useState<FreshInvite | null>(() => worthShowing(client.id));
  const [state, setState] = useState<Invite["state"]>("waiting");
  const now = useClock(state === "waiting");
  const make = useAction(async () => {
    const fresh = await api<FreshInvite>("POST", "/api/invites", { id: id.current, client: client.id }).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 409) id.current = newId();
      throw error;
    });
    shown.set(client.id, fresh);
    setInvite(fresh);
    setState("waiting");
  });
  const revoke = useAction(async () => {
    await api("DELETE", `/api/invites/${id.current}`);
    shown.delete(client.id);
    setState("revoked");
  });
  useEffect(() => {
    if (!invite) make.run();
  }, []);
  useWatch(invite !== null && state === "waiting", client, id.current, setState);
  return { invite, state, make, revoke, now };
}

function worthShowing(client: string): FreshInvite | null {
  const held = shown.get(client);
  return held && held.code_expires_at > Date.now() + WORTH ? held : null;
}

/** Asks every three seconds while the page is in view whether somebody came in. */
function useWatch(on: boolean, client: Client, invite: string, tell: (state: Invite["state"]) => void): void {
  useEffect(() => {
    if (!on) return;
    let gone = false;
    const look = async (): Promise<void> => {
      if (document.hidden) return;
      const state = await stateOf(client.id, invite).catch(() => undefined);
      if (gone || state === undefined) return;
      if (state === "joined") await joined(client);
      if (!gone) tell(state);
    };
    const timer = setInterval(() => void look(), EVERY);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [on, client.id, invite]);
}

async function stateOf(client: string, invite: string): Promise<Invite["state"] | undefined> {
  const { invites } = await api<{ invites: Invite[] }>("GET", `/api/invites?client=${client}`);
  return invites.find(({ id }) => id === invite)?.state;
}

async function joined(client: Client): Promise<void> {
  shown.delete(client.id);
  await api<Client>("GET", `/api/clients/${client.id}`).then(keepClient, () => undefined);
}

function useClock(on: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}
