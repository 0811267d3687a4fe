// Talking to the server. Every failure is a Problem with words to show; a page of HTML is never taken for an answer.
import { t } from "../app/words.ts";
import { tell } from "./status.ts";

export const TIMEOUT = 15_000;

/** What the server answered, or that it did not (status 0). */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** The last part of the problem's type, such as "not-signed-in". */
  readonly slug: string;

  constructor(status: number, title: string, detail: string, slug = "") {
    super(detail);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.slug = slug;
  }
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** The parsed answer (undefined for an empty one). Throws Problem. */
export async function call<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await ask(path, body === undefined ? { method } : { method, body: JSON.stringify(body) });
  if (response.status === 204) return undefined as T;
  return (await json(response)) as T;
}

/** A successful JSON answer, 204 or 304. Throws Problem for everything else. */
export async function ask(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("X-Midweek", "1");
  headers.set("Accept", "application/json");
  if (init.body !== undefined) headers.set("Content-Type", "application/json");
  let response: Response;
  try {
    const signal = AbortSignal.timeout(TIMEOUT);
    response = await fetch(path, { ...init, headers, credentials: "same-origin", redirect: "error", signal });
  } catch {
    throw unreachable();
  }
  const json = response.headers.get("Content-Type")?.includes("json") === true;
  if (!json && response.status !== 204 && response.status !== 304) throw unreachable();
  tell({ reachable: "yes" });
  if (response.ok || response.status === 304) return response;
  throw await problemOf(response, path);
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw unreachable();
  }
}

function unreachable(): Problem {
  tell({ reachable: "no" });
  return new Problem(0, t("foundation.problem.unreachable.title"), t("foundation.problem.unreachable.text"));
}

async function problemOf(response: Response, path: string): Promise<Problem> {
  const said = ((await json(response)) ?? {}) as { title?: unknown; detail?: unknown; type?: unknown };
  const text = (value: unknown, otherwise: string): string => (typeof value === "string" && value !== "" ? value : otherwise);
  if (response.status === 401 && path !== "/api/logins") tell({ signedOut: true });
  return new Problem(
    response.status,
    text(said.title, t("foundation.problem.server.title")),
    text(said.detail, t("foundation.problem.server.text")),
    text(said.type, "").split("/").at(-1) ?? "",
  );
}
