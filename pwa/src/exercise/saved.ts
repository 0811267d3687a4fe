// Things saved before that a step may show. Pure.
import type { Card, LocalRecord, Scene } from "../data/types.ts";
import { type Line, sceneLines } from "./forms.ts";
import type { Filled } from "./types.ts";
import { dayInWords } from "./times.ts";
import { pt } from "./words.ts";

/** A scene to look at again. */
export interface OldScene {
  id: string;
  title: string;
  lines: Line[];
}

export interface Saved {
  /** The newest text saved under each name; `agreed_scene` is the one of the assignment. */
  texts: Readonly<Record<string, string>>;
  /** The newest plan saved under each name, by its fields. */
  plans: Readonly<Record<string, Filled>>;
  /** The person's own scenes, newest first. */
  scenes: readonly OldScene[];
}

/** Only ever what the therapist set: no card takes its name. */
const AGREED = "agreed_scene";

/** Cards and scenes as the journal lists them, newest first; `agreed` is the scene of the assignment, `together` what was
 *  written together for this exercise: it is shown, whatever cards there are. */
export function savedFrom(
  cards: readonly LocalRecord<Card>[], scenes: readonly LocalRecord<Scene>[], agreed: string | undefined,
  together: Readonly<Record<string, string>> = {},
): Saved {
  const named = [...cards].reverse().flatMap(({ body }) => (body?.name === undefined ? [] : [[body.name, body] as const]));
  const { [AGREED]: _, ...own } = Object.fromEntries(named.map(([name, { text }]) => [name, text]));
  return {
    texts: { ...own, ...(agreed ? { [AGREED]: agreed } : {}), ...together },
    plans: Object.fromEntries(named.flatMap(([name, { fields }]) => (fields === undefined ? [] : [[name, fields]]))),
    scenes: scenes.flatMap(oldScene),
  };
}

function oldScene({ id, body, felt_at, saved_at }: LocalRecord<Scene>): OldScene[] {
  const lines = body === null ? [] : sceneLines(body);
  if (lines.length === 0) return [];
  return [{ id, title: body?.title || pt("player.scene.untitled", { day: dayInWords(felt_at ?? saved_at) }), lines }];
}
