import { useRef } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import type { WireRecord } from "../../data/types.ts";
import { Trouble, useAction } from "./action.tsx";
import { confirmAssignment } from "./api.ts";
import type { Set } from "./shared.ts";
import type { Client } from "./types.ts";
import { own, tt } from "./words.ts";

/** An assignment that a restore set aside: why it waits, and the word that lets it go on. */
export function SetAside({ client, set, put }: { client: Client; set: Set; put: (record: WireRecord) => void }) {
  const op = useRef(newId());
  const confirming = useAction(async () => put(await confirmAssignment(client.id, set.id, set.rev, op.current)));
  return (
    <div class="notice warm">
      <p>{tt("therapist.aside.text", { name: own(client.name) })}</p>
      <Trouble text={confirming.trouble} />
      <button
        type="button" class="button" disabled={confirming.busy} onClick={confirming.run}
        aria-label={tt("therapist.aside.which", { title: set.body.title })}
      >
        {tt("therapist.aside.confirm")}
      </button>
    </div>
  );
}
