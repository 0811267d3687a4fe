// The client's own page as the therapist gets it: the same records from the server, drawn by the same code.
import { useEffect, useState } from "preact/hooks";
import { later } from "../../app/later.tsx";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import { call, Problem } from "../../data/api.ts";
import { readPages, type SharedJournal } from "../../data/shared-journal.ts";
import { whyUnseen } from "../../sharing/accompanied-words.ts";
import { useStanding } from "../../sharing/answering.ts";
import { names, st } from "../../sharing/words.ts";
import { sentence } from "../../ui/action.ts";

const Page = later(() => import("../therapist/seen-page.tsx"));

export default function Seen() {
  const { found, trouble, again } = useSeen();
  const standing = useStanding();
  const why = standing === null ? null : whyUnseen(standing);
  return (
    <Screen title={st("sharing.seen.title", names())} backTo="/settings/sharing">
      <p class="lead">{st("sharing.seen.lead", names())}</p>
      {found === null && trouble === null && <p class="muted" role="status">{st("sharing.seen.looking")}</p>}
      {trouble !== null && (
        <div class="notice warm" role="alert">
          <p>{trouble}</p>
          <button type="button" class="button" onClick={again}>{t("foundation.tryAgain")}</button>
        </div>
      )}
      {found !== null && why !== null && <p class="notice">{why}</p>}
      {found !== null && (found.paused ? why === null && <p class="notice warm">{st("sharing.seen.paused", names())}</p> : <Page records={found.records} />)}
    </Screen>
  );
}

function useSeen(): { found: SharedJournal | null; trouble: string | null; again: () => void } {
  const [found, setFound] = useState<SharedJournal | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    setTrouble(null);
    readPages((from) => call("GET", `/api/journal/shared?${from}`)).then(
      (now) => gone || setFound(now),
      (error: unknown) => gone || setTrouble(troubleOf(error)),
    );
    return () => {
      gone = true;
    };
  }, [round]);
  return { found, trouble, again: () => setRound(round + 1) };
}

function troubleOf(error: unknown): string {
  if (error instanceof Problem && error.status === 0) return st("sharing.seen.offline");
  return error instanceof Problem && error.status === 404 ? st("sharing.seen.nobody") : sentence(error);
}
