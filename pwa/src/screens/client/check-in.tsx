import { useState } from "preact/hooks";
import "../../styles/checkin.css";
import type { Saved } from "../../checkin/save.ts";
import { CheckInForm } from "./check-in-form.tsx";
import { CheckInSaved } from "./check-in-saved.tsx";

/** A moment looked at: the form, and after saving what there is to say. */
export function CheckIn() {
  const [saved, setSaved] = useState<Saved | null>(null);
  return saved === null
    ? <CheckInForm onSaved={setSaved} />
    : <CheckInSaved saved={saved} onAgain={() => setSaved(null)} />;
}

export default CheckIn;
