// Counts for the status line. What waits is in the outbox until its own result has arrived.
import { afterPaint } from "./after-paint.ts";
import { onChanged } from "./changes.ts";
import { whenNewer } from "./database.ts";
import { counts } from "./door.ts";
import { tell } from "./status.ts";

/** Reads the counts again. */
export async function recount(): Promise<void> {
  tell(await counts());
}

/** Reads them again after what is about to be painted. Until then nothing is said of what waits. */
export function recountSoon(): void {
  tell({ waiting: null });
  afterPaint(() => void recount().catch(console.error));
}

whenNewer(() => tell({ stale: true }));
onChanged(() => void recount().catch(console.error));
