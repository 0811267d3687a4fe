// What was set by mistake is taken back: at once by Undo, and later from where it is changed, after asking once.
import { useLocation } from "preact-iso/router";
import { useRef, useState } from "preact/hooks";
import { newId } from "../../data/ids.ts";
import { Trouble, useAction } from "./action.tsx";
import { withdrawAssignment } from "./api.ts";
import { Dialog } from "./dialog.tsx";
import type { Set } from "./shared.ts";
import { notice } from "./state.ts";
import type { Client } from "./types.ts";
import { own, tt } from "./words.ts";

export function TakeBack({ client, set }: { client: Client; set: Set }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" class="quiet" onClick={() => setAsking(true)}>{tt("therapist.undo.mistake")}</button>
      {asking && <Asking client={client} set={set} onClose={() => setAsking(false)} />}
    </>
  );
}

function Asking({ client, set, onClose }: { client: Client; set: Set; onClose: () => void }) {
  const { route } = useLocation();
  const op = useRef(newId());
  const taking = useAction(async () => {
    await withdrawAssignment(client.id, set.id, set.rev, op.current);
    notice.value = { client: client.id, text: tt("therapist.undo.taken", { title: own(set.body.title), name: own(client.name) }) };
    route(`/clients/${client.id}`);
  });
  return (
    <Dialog title={tt("therapist.undo.title", { title: own(set.body.title) })} onClose={onClose}>
      <div class="stack">
        <p>{tt("therapist.undo.text", { name: own(client.name) })}</p>
        <Trouble text={taking.trouble} />
        <div class="row">
          <button type="button" class="primary" disabled={taking.busy} onClick={taking.run}>{tt("therapist.undo.confirm")}</button>
          <button type="button" class="button" onClick={onClose}>{tt("therapist.end.keep")}</button>
        </div>
      </div>
    </Dialog>
  );
}
