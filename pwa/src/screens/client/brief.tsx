// The page the therapist reads before a session, for the client to see first: drawn by the same code, with what to hold back.
import { useEffect, useState } from "preact/hooks";
import { later } from "../../app/later.tsx";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import { useHeld } from "../../brief/held.ts";
import type { OwnBrief } from "../../brief/types.ts";
import { bt } from "../../brief/words.ts";
import { call, Problem } from "../../data/api.ts";
import { names } from "../../sharing/words.ts";
import { sentence } from "../../ui/action.ts";

const Page = later(() => import("../therapist/own-brief.tsx"));

export default function MyBrief() {
  const held = useHeld();
  const { own, trouble, again } = useOwn(held?.arrived === true ? [...held.held].join(" ") : null);
  return (
    <Screen title={bt("brief.mine.title")} backTo="/settings/sharing">
      <p class="lead">{bt("brief.mine.lead", names())}</p>
      {own === null && trouble === null && <p class="muted" role="status">{bt("brief.reading")}</p>}
      {trouble !== null && (
        <div class="notice warm" role="alert">
          <p>{trouble}</p>
          <button type="button" class="button" onClick={again}>{t("foundation.tryAgain")}</button>
        </div>
      )}
      {own !== null && held !== null && <Page own={own} {...held} />}
    </Screen>
  );
}

/** Read again whenever what is held back has arrived with the server. */
function useOwn(told: string | null): { own: OwnBrief | null; trouble: string | null; again: () => void } {
  const [own, setOwn] = useState<OwnBrief | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    setTrouble(null);
    call<OwnBrief>("GET", "/api/journal/brief").then(
      (now) => gone || setOwn(now),
      (error: unknown) => gone || setTrouble(troubleOf(error)),
    );
    return () => {
      gone = true;
    };
  }, [round, told]);
  return { own, trouble, again: () => setRound(round + 1) };
}

function troubleOf(error: unknown): string {
  if (error instanceof Problem && error.status === 0) return bt("brief.mine.offline");
  return error instanceof Problem && error.status === 404 ? bt("brief.mine.nobody") : sentence(error);
}
