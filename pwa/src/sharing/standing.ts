// Who accompanies the client, what they let them see, whether everything rests, and who may look for supervision: what the
// practice said and what the client answered, put together. Pure. `server/store/sharing.py` decides by the same records.
import type { Body, LocalRecord } from "../data/types.ts";

export const CHOICES = ["all", "today", "nothing"] as const;
export type Choice = (typeof CHOICES)[number];
/** What the client answers, by the name their answer is kept under. */
export type Answered = "relationship" | "freeze" | "supervision";
export const KINDS = ["relationship", "freeze", "supervision", "preference"];

/** Somebody else comes, or nobody is there any more. */
export interface Accompanied {
  state: "asked" | "ended";
  id: string;
  therapist: string;
  before: string;
}
export interface Supervision {
  id: string;
  by: string;
  supervisor: string;
  until: number;
  state: "asked" | "agreed" | "declined";
}
export interface Standing {
  /** Null: it is as it was when they joined. */
  accompanied: Accompanied | null;
  /** What they may see who came; null until it was answered. `day` is where "today" was. */
  choice: { choice: Choice; day: string } | null;
  /** Everything rests; `by` is empty where the client did it. */
  frozen: { by: string; id: string } | null;
  /** The one that is asked for or answered, while its time is not over and nobody ended it. */
  supervision: Supervision | null;
  /** What was answered and has not reached the server. */
  waiting: ReadonlySet<Answered>;
}
type Kept = Pick<LocalRecord, "kind" | "author" | "body" | "state">;

export function standingIn(records: readonly Kept[], now: number): Standing {
  const said = (kind: string): Body => records.find((one) => one.kind === kind && one.author === "therapist")?.body ?? {};
  const answer = (name: Answered): Kept | undefined => answerIn(records, name);
  const names = ["relationship", "freeze", "supervision"] as const;
  return {
    accompanied: accompaniedIn(said("relationship")),
    choice: choiceIn(said("relationship"), answer("relationship")?.body ?? {}),
    frozen: frozenIn(said("freeze"), answer("freeze")?.body ?? {}),
    supervision: supervisionIn(said("supervision"), answer("supervision")?.body ?? {}, now),
    waiting: new Set(names.filter((name) => (answer(name)?.state ?? "sent") !== "sent")),
  };
}

/** The record of an answer, if there is one yet. */
export function answerIn<R extends Kept>(records: readonly R[], name: Answered): R | undefined {
  return records.find(({ kind, body }) => kind === "preference" && body?.["name"] === name);
}

/** Whether there is something to tell or to ask on Today; `read` is the ending that was read here. */
export function toTell({ accompanied, choice, frozen, supervision }: Standing, read: string): "asked" | "ended" | "frozen" | "supervision" | null {
  if (accompanied?.state === "asked" && choice === null) return "asked";
  if (accompanied?.state === "ended" && accompanied.id !== read) return "ended";
  if (supervision?.state === "asked") return "supervision";
  return frozen !== null && frozen.by !== "" ? "frozen" : null;
}

/** Whether nobody accompanies the client any more, and that was read here. */
export function isAlone({ accompanied }: Standing, read: string): boolean {
  return accompanied?.state === "ended" && accompanied.id === read;
}

/** Who can read nothing, and why; null when what is shared is seen as usual. */
export function unseen({ accompanied, choice, frozen }: Standing): "alone" | "frozen" | "nothing" | null {
  if (accompanied?.state === "ended") return "alone";
  if (frozen !== null) return "frozen";
  return accompanied?.state === "asked" && (choice === null || choice.choice === "nothing") ? "nothing" : null;
}

function accompaniedIn(said: Body): Accompanied | null {
  const { state } = said;
  if (state !== "asked" && state !== "ended") return null;
  return { state, id: text(said["id"]), therapist: text(said["therapist"]), before: text(said["before"]) };
}

function choiceIn(said: Body, answer: Body): Standing["choice"] {
  const choice = CHOICES.find((one) => one === answer["choice"]);
  return said["state"] !== "asked" || choice === undefined || answer["to"] !== said["id"] ? null : { choice, day: text(answer["day"]) };
}

function frozenIn(said: Body, answer: Body): Standing["frozen"] {
  if (answer["on"] === true) return { by: "", id: "" };
  return said["on"] === true && answer["lifted"] !== said["id"] ? { by: text(said["by"]), id: text(said["id"]) } : null;
}

function supervisionIn(said: Body, answer: Body, now: number): Supervision | null {
  const [id, until] = [text(said["id"]), Number(said["until"])];
  if (id === "" || !(until > now) || typeof said["ended_at"] === "number") return null;
  const state = answer["to"] !== id ? "asked" : answer["agreed"] === true ? "agreed" : "declined";
  return { id, until, state, by: text(said["by"]), supervisor: text(said["supervisor"]) };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
