import { useLocation } from "preact-iso/router";
import { useState } from "preact/hooks";
import "../../styles/checkin.css";
import type { Saved } from "../../checkin/save.ts";
import { CheckInAgain } from "./check-in-again.tsx";
import { CheckInForm } from "./check-in-form.tsx";
import { CheckInSaved } from "./check-in-saved.tsx";

/** A moment looked at; or one that was saved, to be changed. */
export function CheckIn() {
  const { entry } = useLocation().query;
  return entry === undefined ? <NewOne /> : <CheckInAgain key={entry} id={entry} />;
}

/** The form, and after saving what there is to say. */
function NewOne() {
  const [saved, setSaved] = useState<Saved | null>(null);
  const [again, setAgain] = useState(false);
  const onAgain = () => {
    setAgain(true);
    setSaved(null);
  };
  return saved === null ? <CheckInForm fresh={again} onSaved={setSaved} /> : <CheckInSaved saved={saved} onAgain={onAgain} />;
}

export default CheckIn;
