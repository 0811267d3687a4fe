import { useLocation } from "preact-iso/router";
import { useEffect, useState } from "preact/hooks";
import "../../styles/checkin.css";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import type { Saved } from "../../checkin/save.ts";
import { afterPaint } from "../../data/after-paint.ts";
import { CheckInAgain } from "./check-in-again.tsx";
import { CheckInForm } from "./check-in-form.tsx";
import { CheckInSaved } from "./check-in-saved.tsx";

/** A moment looked at; or one that was saved, to be changed. */
export function CheckIn() {
  const { entry } = useLocation().query;
  return entry === undefined ? <NewOne /> : <CheckInAgain key={entry} id={entry} />;
}

/** The form, and after saving what there is to say, in the same frame. To say "saved" is all there is to draw: the form is hidden
 *  at once, and taken away when that was painted. */
function NewOne() {
  const [saved, setSaved] = useState<Saved | null>(null);
  const [times, setTimes] = useState(0);
  const [away, setAway] = useState(false);
  useEffect(() => {
    if (saved !== null) afterPaint(() => setAway(true));
  }, [saved]);
  const onAgain = () => {
    setTimes(times + 1);
    setSaved(null);
    setAway(false);
  };
  return (
    <Screen title={t(saved === null ? "checkin.title" : "checkin.saved")} part={saved === null ? "form" : "saved"}>
      {saved !== null && <CheckInSaved saved={saved} onAgain={onAgain} />}
      {!away && <div class="checkin-new" hidden={saved !== null}><CheckInForm key={times} fresh={times > 0} onSaved={setSaved} /></div>}
    </Screen>
  );
}

export default CheckIn;
