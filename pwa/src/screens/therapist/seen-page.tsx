// A client's own shared page, drawn as their therapist's is: its parts under one another's names, without addresses.
import { useState } from "preact/hooks";
import { later } from "../../app/later.tsx";
import { me } from "../../data/session.ts";
import type { WireRecord } from "../../data/types.ts";
import { Tile } from "../../ui/inputs/tile.tsx";
import { Journal } from "./journal.tsx";
import { jt } from "./journal-words.ts";
import { useLibrary } from "./library.ts";
import { SharedPlan } from "./shared-plan.tsx";
import "../../styles/therapist.css";
import "../../styles/therapist-client.css";

const SharedPart = later(() => import("./part.tsx"));
const SHOWN = ["entries", "charts", "scenes"] as const;

export default function SeenPage({ records }: { records: WireRecord[] }) {
  const [part, show] = useState<(typeof SHOWN)[number]>("entries");
  const library = useLibrary();
  const { id = "", name = "" } = me.value ?? {};
  const client = { id, name, created_at: 0, joined_at: 0, active_at: null, push: "none" } as const;
  const of = { client, library, records, reading: false };
  return (
    <>
      <fieldset class="tiles">
        <legend class="visually-hidden">{jt("shared.parts")}</legend>
        {SHOWN.map((one) => (
          <Tile key={one} type="radio" look="chip" name="seen-part" label={jt(`shared.part.${one}`)} checked={one === part} onPick={() => show(one)} />
        ))}
      </fieldset>
      {part === "entries" ? <><SharedPlan records={records} /><Journal {...of} /></> : <SharedPart part={part} {...of} />}
    </>
  );
}
