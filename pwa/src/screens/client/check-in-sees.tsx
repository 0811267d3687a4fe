import type { CheckInDraft } from "../../checkin/draft.ts";
import { answersOf, isShared } from "../../checkin/records.ts";
import { useAgreement } from "../../sharing/agreed.ts";
import type { Agreement } from "../../sharing/agreement.ts";
import { whyUnseen } from "../../sharing/accompanied-words.ts";
import { useStanding } from "../../sharing/answering.ts";
import type { Standing } from "../../sharing/standing.ts";
import { listed, names, st } from "../../sharing/words.ts";

/** What decides who sees a check-in. */
export interface Sees {
  agreed: Agreement;
  standing: Standing;
}

/** Null until it was read. */
export function useSees(): Sees | null {
  const agreed = useAgreement();
  const standing = useStanding();
  return agreed === null || standing === null ? null : { agreed, standing };
}

/** Who will see this check-in, as it stands now. */
export function WhoWillSee({ draft, sees }: { draft: CheckInDraft; sees: Sees | null }) {
  if (sees === null) return <p class="hint" aria-hidden="true">&nbsp;</p>;
  const { agreed, standing } = sees;
  return (
    <p class="hint">
      {draft.just_me ? st("sharing.sees.nobody") : (whyUnseen(standing) ?? whoSees(draft, agreed))} {agreed.paused && st("sharing.pause.small", names())}
    </p>
  );
}

function whoSees(draft: CheckInDraft, { fields }: Agreement): string {
  if (draft.when === "older") return draft.choice.note ? st("sharing.sees.some", { ...names(), what: st("sharing.part.note") }) : st("sharing.sees.nobody");
  const answers = answersOf(draft);
  const shared = answers.filter(([field]) => isShared(field, draft, fields)).map(([field]) => field);
  const asUsual = Object.values(fields).every(Boolean) && shared.every((field) => field !== "note" && field !== "own_words");
  if (asUsual) return st("sharing.sees.all", names());
  if (answers.length > 0 && shared.length === 0) return st("sharing.sees.nothing");
  const parts = answers.length === 0 ? (["affect", "distress", "words", "body", "contexts"] as const).filter((field) => fields[field]) : shared;
  if (parts.length === 0) return st("sharing.sees.nothing");
  return st("sharing.sees.some", { ...names(), what: listed(parts.map((field) => st(`sharing.part.${field}`))) });
}
