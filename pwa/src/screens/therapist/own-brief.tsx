// The page before a session for the client: drawn as their therapist's is, with what to hold back beside each part and entry.
import { useState } from "preact/hooks";
import { hold } from "../../brief/held.ts";
import { Sheet } from "../../brief/sheet.tsx";
import type { OwnBrief, PartName } from "../../brief/types.ts";
import { bt } from "../../brief/words.ts";
import { names } from "../../sharing/words.ts";
import { useAction } from "../../ui/action.ts";
import { Switch } from "../../ui/inputs/switch.tsx";
import { useLibrary } from "./library.ts";
import "../../styles/inputs.css";
import "../../styles/therapist.css";
import "../../styles/therapist-client.css";

export default function OwnBriefPage({ own: { brief, whole }, held, arrived }: { own: OwnBrief; held: ReadonlySet<string>; arrived: boolean }) {
  const [asSent, setAsSent] = useState(false);
  const library = useLibrary();
  const choosing = {
    part: (part: PartName) => <Hold key={part} name={part} held={held.has(part)} label={bt("brief.mine.hold")} told={bt("brief.mine.held", names())} />,
    entry: (id: string) => <Hold key={id} name={id} held={held.has(id)} label={bt("brief.mine.item")} told={bt("brief.mine.held_item", names())} />,
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

function Hold({ name, held, label, told }: { name: string; held: boolean; label: string; told: string }) {
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
      <Switch label={label} on={wanted} onChange={turn.run} {...(wanted && { description: told })} />
      {turn.trouble && <p class="problem" role="alert">{turn.trouble}</p>}
    </div>
  );
}
