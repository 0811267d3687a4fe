// Counts for the status line. What waits is in the outbox until its own result has arrived.
import { onChanged } from "./changes.ts";
import { whenNewer } from "./database.ts";
import { counts } from "./door.ts";
import { tell } from "./status.ts";

/** Reads the counts again. */
export async function recount(): Promise<void> {
  tell(await counts());
}

whenNewer(() => tell({ stale: true }));
onChanged(() => void recount().catch(console.error));
