// What the therapist's routes answer.
import type { Access, Intensity } from "../../exercise/types.ts";

export interface Client {
  id: string;
  name: string;
  created_at: number;
  joined_at: number | null;
  active_at: number | null;
  /** Whether reminders can reach a phone; what they say is the client's. */
  push: "none" | "ok" | "broken";
}

/** What is coming and what is new with a client. `days` are those of the last seven that hold a shared entry. */
export interface Week {
  client: string;
  next: { day: string; at: string } | null;
  news: number;
  days: string[];
  paused: boolean;
  /** Everything rests, until the client ends that. */
  frozen: boolean;
  /** What the client lets this therapist see: all that is shared, from a day on, nothing, or not answered yet. */
  choice: "all" | "today" | "nothing" | "asked";
}

/** Another therapist of the practice. */
export interface Colleague {
  id: string;
  name: string;
}

export interface Invite {
  id: string;
  state: "waiting" | "joined" | "expired" | "revoked";
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

/** Shown once: the server keeps only hashes of its link and code. */
export interface FreshInvite {
  id: string;
  link: string;
  code: string;
  code_expires_at: number;
  expires_at: number;
  /** SVG text. */
  qr: string;
}

export interface Assignable {
  id: string;
  version: number;
  title: string;
  summary: string;
  family: string;
  functions: string[];
  intensity: Intensity;
  access: Access;
  minutes: number;
  contraindications: string[];
  needs_scene?: boolean;
  /** What to write down as the scene. */
  scene_hint?: string | null;
  /** It plays these texts, as far as client and therapist wrote them together. */
  texts?: string[];
  /** The practice approved this version; low ones can be set before, and are told to be drafts. */
  approved: boolean;
  assignable: boolean;
  why_not: string | null;
}

/** A version of an exercise, and who approved it on which day. */
export type ApprovalNote = { exercise: string; version: number; by: string; day: string };

/** An exercise as the practice sees it. */
export type PracticeExercise = {
  id: string;
  version: number;
  title: string;
  summary: string;
  family: string;
  intensity: string;
  access: string;
  minutes: number;
  contraindications: string[];
  approval: ApprovalNote | null;
  /** Of versions before this one. */
  earlier: ApprovalNote[];
};
