// What the therapist sees: agreed by field, paused in one tap; and who has looked.
import { Screen } from "../../app/shell.tsx";
import { agree, useAgreement } from "../../sharing/agreed.ts";
import { at, whyUnseen } from "../../sharing/accompanied-words.ts";
import { useStanding } from "../../sharing/answering.ts";
import { names, st } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";
import { RowTo } from "../../ui/row-to.tsx";
import { PairLinks } from "./pair-links.tsx";
import { SharingFields } from "./sharing-fields.tsx";
import { SharingReadings } from "./sharing-readings.tsx";

type Agreed = NonNullable<ReturnType<typeof useAgreement>>;

export default function Sharing() {
  const agreed = useAgreement();
  return (
    <Screen title={st("sharing.title", names())} backTo="/settings">
      <p class="lead">{st("sharing.lead", names())}</p>
      {agreed !== null && (
        <>
          <Unseen />
          <Pause agreed={agreed} />
          <ul class="rows">
            <RowTo href="/settings/seen" name={st("sharing.seen.link", names())} />
            <RowTo href="/settings/brief" name={st("sharing.brief.link", names())} />
            <RowTo href="/settings/therapist" name={at("accompanied.link")} />
            <PairLinks />
          </ul>
          <SharingFields agreed={agreed} />
          <p class="hint">{st("sharing.later")}</p>
          <SharingReadings />
        </>
      )}
    </Screen>
  );
}

/** That nobody, or not who came, reads what is shared: then it is said first. */
function Unseen() {
  const standing = useStanding();
  const why = standing === null ? null : whyUnseen(standing);
  return why === null ? null : <p class="notice">{why}</p>;
}

/** One tap hides everything, and one shows it again. It says when the server has not heard of it yet. */
function Pause({ agreed: { paused, arrived } }: { agreed: Agreed }) {
  const change = useAction(() => agree({ paused: !paused }));
  return (
    <section class={paused ? "notice warm stack tight" : "card"} aria-labelledby="sharing-pause">
      <h2 id="sharing-pause">{st(paused ? "sharing.pause.on" : "sharing.pause.title")}</h2>
      <p>{paused ? st("sharing.pause.on_text", names()) : st("sharing.pause.text", names())}</p>
      <p role="status">{arrived ? "" : st(paused ? "sharing.pause.waits" : "sharing.pause.end_waits")}</p>
      <button type="button" class="button" onClick={change.run} disabled={change.busy}>
        {st(paused ? "sharing.pause.end" : "sharing.pause.button")}
      </button>
      {change.trouble && <p class="problem" role="alert">{change.trouble}</p>}
    </section>
  );
}
