import { useLocation } from "preact-iso/router";
import { useState } from "preact/hooks";
import "../../styles/checkin.css";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import type { Saved } from "../../checkin/save.ts";
import { CheckInAgain } from "./check-in-again.tsx";
import { CheckInForm } from "./check-in-form.tsx";
import { CheckInSaved } from "./check-in-saved.tsx";

/** A moment looked at; or one that was saved, to be changed. */
export function CheckIn() {
  const { entry } = useLocation().query;
  return entry === undefined ? <NewOne /> : <CheckInAgain key={entry} id={entry} />;
}

/** The form, and after saving what there is to say, in the same frame: to say "saved" is all there is to draw. */
function NewOne() {
  const [saved, setSaved] = useState<Saved | null>(null);
  const [again, setAgain] = useState(false);
  const onAgain = () => {
    setAgain(true);
    setSaved(null);
  };
  return (
    <Screen title={t(saved === null ? "checkin.title" : "checkin.saved")} part={saved === null ? "form" : "saved"}>
      {saved === null ? <CheckInForm fresh={again} onSaved={setSaved} /> : <CheckInSaved saved={saved} onAgain={onAgain} />}
    </Screen>
  );
}

export default CheckIn;
