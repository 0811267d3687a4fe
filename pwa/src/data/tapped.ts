// What a tap on a reminder asked for, told to the server. Without a network nothing waits for it: Today has what is due.
import { type Reminded, reminded, type Tap, tapped } from "../app/tapped.ts";
import { call, Problem } from "./api.ts";
import { me } from "./session.ts";

/** Tells the server of a tap, for the client who is here; of one by somebody else it tells nothing. */
export async function answerTap(tap: Tap | null = tapped.peek()): Promise<void> {
  tapped.value = null;
  if (tap === null || me.peek()?.role !== "client") return;
  reminded.value = await (tap.nth === null ? opened(tap.id) : putOff(tap.id, tap.nth));
}

async function opened(id: string): Promise<Reminded> {
  try {
    return { plan: (await call<Reminded>("POST", `/api/reminders/${id}/opened`)).plan ?? null };
  } catch (error) {
    if (error instanceof Problem) return {};
    throw error;
  }
}

async function putOff(id: string, nth: number): Promise<Reminded> {
  try {
    return { later: await call<NonNullable<Reminded["later"]>>("POST", `/api/reminders/${id}/later`, { nth }) };
  } catch (error) {
    if (error instanceof Problem) return { later: { at: null, why: error.status === 404 ? "over" : "unsent" } };
    throw error;
  }
}
