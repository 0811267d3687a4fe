// What can go wrong on the phone, in sentences a person can act on.
import { t } from "../app/words.ts";
import { isFull } from "./database.ts";

/** Something was not kept. `message` says what happened, what is safe, what to do. */
export class NotSaved extends Error {
  override readonly name = "NotSaved";
}

/** Nothing was written: something else is already kept under the id of what was to be saved as new. */
export class Taken extends Error {
  override readonly name = "Taken";
}

/** The sentence for a failed write. */
export function notSaved(error: unknown): NotSaved | Taken {
  if (error instanceof NotSaved || error instanceof Taken) return error;
  return new NotSaved(t(isFull(error) ? "foundation.trouble.full" : "foundation.trouble.notSaved"), { cause: error });
}
