import { Screen } from "../../app/shell.tsx";
import { sharingSeen } from "../../data/flags.ts";
import { useAgreement } from "../../sharing/agreed.ts";
import { names, st } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";
import { SharingFields } from "./sharing-fields.tsx";

/** What is shared, agreed once before anything else, in plain words. */
export function FirstSharing() {
  const agreed = useAgreement();
  const agree = useAction(() => sharingSeen.set(true));
  return (
    <Screen title={st("sharing.set_up")} frame="bare">
      <p class="lead">{st("sharing.lead", names())}</p>
      {agreed !== null && <SharingFields agreed={agreed} />}
      <button type="button" class="primary wide-button" onClick={agree.run} disabled={agree.busy}>{st("sharing.ok")}</button>
      {agree.trouble && <p class="problem" role="alert">{agree.trouble}</p>}
    </Screen>
  );
}

export default FirstSharing;
