import { useRef, useState } from "preact/hooks";
import { Problem } from "../../data/api.ts";
import { newId } from "../../data/ids.ts";
import type { WireRecord } from "../../data/types.ts";
import { Trouble, useAction } from "./action.tsx";
import { endAssignment } from "./api.ts";
import { Dialog } from "./dialog.tsx";
import type { Set } from "./shared.ts";
import type { Client } from "./types.ts";
import { own, tt } from "./words.ts";

type Props = {
  client: Client; set: Set; changed: () => void; onClose: () => void;
  /** With the record as it is now. */
  onEnded: (record: WireRecord) => void;
};

/** Ends an assignment after asking once. If it changed meanwhile, that is shown and nothing is ended. */
export function Ending({ client, set, onEnded, changed, onClose }: Props) {
  const op = useRef(newId());
  const [stale, setStale] = useState(false);
  const ending = useAction(async () => {
    try {
      onEnded(await endAssignment(client.id, set.id, set.rev, op.current));
    } catch (error) {
      setStale(error instanceof Problem && error.status === 409);
      throw error;
    }
  });
  const look = (): void => {
    changed();
    onClose();
  };
  return (
    <Dialog title={tt("therapist.end.title", { title: own(set.body.title) })} onClose={onClose}>
      <div class="stack">
        <p>{tt("therapist.end.text", { name: own(client.name) })}</p>
        <Trouble text={ending.trouble} />
        <div class="row">
          {stale ? (
            <button type="button" class="primary" onClick={look}>{tt("therapist.end.look")}</button>
          ) : (
            <button type="button" class="primary" disabled={ending.busy} onClick={ending.run}>{tt("therapist.end.confirm")}</button>
          )}
          <button type="button" class="button" onClick={onClose}>{tt("therapist.end.keep")}</button>
        </div>
      </div>
    </Dialog>
  );
}
