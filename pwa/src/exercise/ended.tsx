// After a run: that it was saved, and who sees what. Nothing here has to be answered.
import { useEffect, useState } from "preact/hooks";
import { Screen } from "../app/shell.tsx";
import { pt } from "./words.ts";
import { finish } from "./finish.ts";
import { useAgreement } from "../sharing/agreed.ts";
import { keepsBack, offersShare, tellsAnswers } from "./record.ts";
import type { State } from "./state.ts";
import type { Playing } from "./use-player.ts";

/** Saves the run when it comes on screen, and says so once it is on disk; or that it can wait, after a hard limit. */
export function Ended({ playing, state }: { playing: Playing; state: State }) {
  const saving = useSaving(playing, state);
  const agreed = useAgreement();
  const { waits } = playing;
  if (saving.at === "busy" || agreed === null) return <Screen title={pt("player.ended.busy")} frame="bare" />;
  if (saving.at === "failed") return <Failed text={saving.text} again={saving.again} />;
  return (
    <Screen title={pt(waits ? "player.waits.title" : "player.ended.saved")} frame="bare">
      <p class="lead">{waits ? pt("player.waits.text") : pt(`player.ended.${whoSees(playing, state, agreed.fields.runs)}`)}</p>
      <a class="primary wide-button" href="/">{pt("player.ended.today")}</a>
    </Screen>
  );
}

function Failed({ text, again }: { text: string; again: () => void }) {
  return (
    <Screen title={pt("player.ended.failed")} frame="bare">
      <p class="lead" role="alert">{text}</p>
      <button type="button" class="primary wide-button" onClick={again}>{pt("player.ended.again")}</button>
    </Screen>
  );
}

function whoSees({ exercise }: Playing, state: State, agreed: boolean): "answers" | "only_that" | "bring" {
  if (state.bring) return "bring";
  const told = tellsAnswers(exercise, state) && (offersShare(exercise) ? state.share_all : !keepsBack(state, agreed));
  return told ? "answers" : "only_that";
}

type Saving = { at: "busy" | "saved" } | { at: "failed"; text: string; again: () => void };

function useSaving(playing: Playing, state: State): Saving {
  const [saving, setSaving] = useState<Saving>({ at: playing.recorded ? "busy" : "saved" });
  const save = (): void => {
    setSaving({ at: "busy" });
    finish(playing, state).then(
      () => setSaving({ at: "saved" }),
      (error: unknown) => setSaving({ at: "failed", text: error instanceof Error ? error.message : "", again: save }),
    );
  };
  useEffect(() => {
    if (playing.recorded) save();
  }, []);
  return saving;
}
