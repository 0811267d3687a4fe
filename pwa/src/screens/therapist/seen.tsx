// The way to see what is being set on the client's phone: below the form, loaded when it is asked for.
import { useState } from "preact/hooks";
import { later } from "../../app/later.tsx";
import type { PreviewAssignedProps } from "./preview-assigned.tsx";
import { own, tt } from "./words.ts";

const PreviewAssigned = later<PreviewAssignedProps>(() => import("./preview-assigned.tsx"));

export function Seen(props: PreviewAssignedProps) {
  const [open, setOpen] = useState(false);
  if (open) return <PreviewAssigned {...props} />;
  return <button type="button" class="button desk-start" onClick={() => setOpen(true)}>{tt("therapist.assign.see", { name: own(props.client.name) })}</button>;
}
