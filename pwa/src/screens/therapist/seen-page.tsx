// A client's own shared page, drawn as their therapist's is.
import { me } from "../../data/session.ts";
import type { WireRecord } from "../../data/types.ts";
import { Journal } from "./journal.tsx";
import { useLibrary } from "./library.ts";
import { SharedPlan } from "./shared-plan.tsx";
import "../../styles/therapist.css";

export default function SeenPage({ records }: { records: WireRecord[] }) {
  const library = useLibrary();
  const { id = "", name = "" } = me.value ?? {};
  const client = { id, name, created_at: 0, joined_at: 0, active_at: null, push: "none" } as const;
  return (
    <>
      <SharedPlan records={records} />
      <Journal client={client} library={library} records={records} reading={false} />
    </>
  );
}
