// Asking the server about the practice's own exercises. Throws Problem.
import { newId } from "../../../data/ids.ts";
import { Problem } from "../../../data/api.ts";
import type { Exercise } from "../../../exercise/types.ts";
import { api, sendParcel } from "../api.ts";
import type { OwnExercise, OwnLine, Written } from "./types.ts";

const ADDRESS = "/api/practice/own-exercises";

/** What is begun with: a title, one there is, or what was written elsewhere. Files that were brought have to be readable. */
export type Begin = { title: string } | { like: string } | (Written & { brought?: true });

export function newOwnId(): string {
  return `own-${newId()}`;
}

export async function readOwnList(): Promise<OwnLine[]> {
  return (await api<{ exercises: OwnLine[] }>("GET", ADDRESS)).exercises;
}

export function readOwn(id: string): Promise<OwnExercise> {
  return api("GET", `${ADDRESS}/${id}`);
}

export function begin(id: string, like: Begin): Promise<OwnExercise> {
  return api("POST", ADDRESS, { id, ...like });
}

/** 409 when somebody changed it since `base`. */
export function save(id: string, base: number, written: Written): Promise<OwnExercise> {
  return api("PUT", `${ADDRESS}/${id}`, { base, ...written });
}

export function publish(id: string, base: number): Promise<OwnExercise> {
  return api("POST", `${ADDRESS}/${id}/editions`, { base });
}

/** A published version, as the player reads it. */
export function readEdition(id: string, version: number): Promise<Exercise> {
  return api("GET", `${ADDRESS}/${id}/editions/${version}`);
}

export function dropDraft(id: string, base: number): Promise<void> {
  return api("DELETE", `${ADDRESS}/${id}/draft?base=${base}`);
}

export function setRetired(id: string, retired: boolean): Promise<OwnExercise> {
  return api(retired ? "POST" : "DELETE", `${ADDRESS}/${id}/retirement`);
}

/** A new draft from a .zip. */
export function sendZip(id: string, file: Blob): Promise<OwnExercise> {
  return sendParcel(`${ADDRESS}/parcels?id=${id}`, file);
}

/** The exercise as a .zip. */
export async function readParcel(id: string): Promise<Blob> {
  const answer = await fetch(`${ADDRESS}/${id}/parcel`, { headers: { "X-Midweek": "1" } }).catch(() => null);
  if (answer?.ok !== true) throw new Problem(0, "", "");
  return answer.blob();
}
