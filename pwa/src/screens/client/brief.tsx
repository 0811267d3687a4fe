// The page the therapist reads before a session, for the client to see first: drawn by the same code, with what to hold back.
import { useEffect, useState } from "preact/hooks";
import { Screen } from "../../app/shell.tsx";
import { t } from "../../app/words.ts";
import { hold, useHeld } from "../../brief/held.ts";
import { Sheet } from "../../brief/sheet.tsx";
import type { Brief, PartName } from "../../brief/types.ts";
import { bt } from "../../brief/words.ts";
import { call, Problem } from "../../data/api.ts";
import { names } from "../../sharing/words.ts";
import { sentence, useAction } from "../../ui/action.ts";
import { Switch } from "../../ui/inputs/switch.tsx";
import { useLibrary } from "../therapist/library.ts";
import "../../styles/inputs.css";
import "../../styles/therapist.css";

/** The page as the therapist gets it, and the whole of it. */
interface Own {
  brief: Brief;
  whole: Brief;
}

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

function Page({ own: { brief, whole }, held, arrived }: { own: Own; held: ReadonlySet<string>; arrived: boolean }) {
  const [asSent, setAsSent] = useState(false);
  const library = useLibrary();
  const choosing = {
    part: (part: PartName) => <Hold key={part} name={part} held={held.has(part)} label={bt("brief.mine.hold")} />,
    entry: (id: string) => <Hold key={id} name={id} held={held.has(id)} label={bt("brief.mine.item")} />,
  };
  return (
    <>
      <p class="hint">{bt("brief.mine.journal")}</p>
      <Switch label={bt("brief.mine.as_sent", names())} on={asSent} onChange={setAsSent} />
      <p class="muted" role="status">{arrived ? "" : bt("brief.mine.waits", names())}</p>
      <Sheet brief={asSent || whole.paused ? brief : whole} library={library} beside={asSent ? {} : choosing} />
    </>
  );
}

function Hold({ name, held, label }: { name: string; held: boolean; label: string }) {
  const [wanted, setWanted] = useState(held);
  const turn = useAction(async () => {
    setWanted(!wanted);
    await hold(name, !wanted).catch((error: unknown) => {
      setWanted(wanted); // it was not saved
      throw error;
    });
  });
  return (
    <div class="not-printed">
      <Switch label={label} on={wanted} onChange={turn.run} {...(wanted && { description: bt("brief.mine.held", names()) })} />
      {turn.trouble && <p class="problem" role="alert">{turn.trouble}</p>}
    </div>
  );
}

/** Read again whenever what is held back has arrived with the server. */
function useOwn(told: string | null): { own: Own | null; trouble: string | null; again: () => void } {
  const [own, setOwn] = useState<Own | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    setTrouble(null);
    call<Own>("GET", "/api/journal/brief").then(
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
