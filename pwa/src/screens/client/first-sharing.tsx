import { useEffect, useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { sharingSeen } from "../../data/flags.ts";
import { syncNow } from "../../data/sync.ts";
import { useAgreement } from "../../sharing/agreed.ts";
import { names, st } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";
import { SharingFields } from "./sharing-fields.tsx";

/** What is shared, agreed once before anything else, in plain words. What was agreed on another phone is fetched first: nothing
 *  of it, a pause above all, is changed unseen. */
export function FirstSharing() {
  const agreed = useAgreement();
  const fetched = useFetched();
  const agree = useAction(() => sharingSeen.settle(true));
  return (
    <Screen title={st("sharing.set_up")} frame="bare">
      <p class="lead">{st("sharing.lead", names())}</p>
      {agreed !== null && fetched && <SharingFields agreed={agreed} />}
      <button type="button" class="primary wide-button" onClick={agree.run} disabled={agree.busy}>{st("sharing.ok")}</button>
      {agree.trouble && <p class="problem" role="alert">{agree.trouble}</p>}
    </Screen>
  );
}

/** True once the server was asked, whether or not it could be reached. */
function useFetched(): boolean {
  const [fetched, setFetched] = useState(false);
  useEffect(() => {
    let gone = false;
    void syncNow().catch(console.error).finally(() => gone || setFetched(true));
    return () => {
      gone = true;
    };
  }, []);
  return fetched;
}

export default FirstSharing;
