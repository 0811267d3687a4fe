// What the therapist's pages hold while they are open. In memory only: nothing of a client is kept on this device.
import { signal } from "@preact/signals";
import { newId } from "../../data/ids.ts";
import { me } from "../../data/session.ts";
import { type AssignForm, emptyForm } from "./assigning.ts";
import { api } from "./api.ts";
import { forgetLooked } from "./looked.ts";
import type { Client, FreshInvite, Week } from "./types.ts";

export interface Notice {
  client: string;
  text: string;
  /** The assignment that was just set, as it can be taken back. */
  undo?: { id: string; rev: string; title: string };
}

/** The caseload as last read; null until then. */
export const clients = signal<Client[] | null>(null);
/** What is coming and what is new, by client. */
export const weeks = signal<ReadonlyMap<string, Week>>(new Map());
/** A line to show once, on the client's page. */
export const notice = signal<Notice | null>(null);
/** What was just done with a client who is no longer in the list. */
export const told = signal("");
/** The client whose invite opens as soon as their page does. */
export const inviting = signal<string | null>(null);
/** Links and codes that are still good, by client: the server can't show them again. */
export const shown = new Map<string, FreshInvite>();

const forms = new Map<string, AssignForm>();

/** What was written into an exercise and not yet taken by the server, by its id. */
export const kept = new Map<string, unknown>();

export async function readClients(): Promise<void> {
  const [caseload, coming] = await Promise.all([api<{ clients: Client[] }>("GET", "/api/clients"), api<{ weeks: Week[] }>("GET", "/api/weeks")]);
  weeks.value = new Map(coming.weeks.map((week) => [week.client, week]));
  clients.value = caseload.clients;
}

/** Puts one client in place of their earlier state. */
export function keepClient(client: Client): void {
  const others = (clients.value ?? []).filter(({ id }) => id !== client.id);
  clients.value = [...others, client];
}

export function clientOf(id: string): Client | undefined {
  return clients.value?.find((client) => client.id === id);
}

/** The form for a client, as it was left. */
export function formOf(client: string): AssignForm {
  return forms.get(client) ?? emptyForm(newId(), newId());
}
export function keepForm(client: string, form: AssignForm): void {
  forms.set(client, form);
}
export function dropForm(client: string): void {
  forms.delete(client);
}

/** Everything a therapist saw or typed leaves this page. */
export function forgetAll(): void {
  clients.value = null;
  weeks.value = new Map();
  notice.value = null;
  told.value = "";
  inviting.value = null;
  shown.clear();
  forms.clear();
  forgetLooked();
  kept.clear();
}

/** The name of who is signed in. */
export function myName(): string {
  return me.value?.name ?? "";
}
