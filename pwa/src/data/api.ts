// Talking to the server. Every failure is a Problem with words to show; a page of HTML is never taken for an answer.
import { t } from "../app/words.ts";
import { tell } from "./status.ts";

export const TIMEOUT = 15_000;
const LONGEST_PAUSE = 3_600_000;

/** What the server answered, or that it did not (status 0). */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** The last part of the problem's type, such as "not-signed-in"; "timeout" when no answer came in time. */
  readonly slug: string;
  /** For how many milliseconds the server asks not to be asked again. */
  readonly pause: number;

  constructor(status: number, title: string, detail: string, slug = "", pause = 0) {
    super(detail);
    this.pause = pause;
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.slug = slug;
  }
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** The parsed answer (undefined for an empty one). Throws Problem. */
export async function call<T>(method: Method, path: string, body?: unknown, headers: HeadersInit = {}): Promise<T> {
  const response = await ask(path, body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) });
  if (response.status === 204) return undefined as T;
  return (await json(response)) as T;
}

/** A successful answer in JSON or of a calendar, 204 or 304. Throws Problem for everything else. A body is JSON unless its type is said. */
export async function ask(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("X-Midweek", "1");
  headers.set("Accept", "application/json");
  if (init.body !== undefined && !headers.has("Content-Type")) headers.set("Content-Type", "application/json");
  let response: Response;
  try {
    const signal = init.signal ?? AbortSignal.timeout(TIMEOUT);
    response = await fetch(path, { ...init, headers, credentials: "same-origin", redirect: "error", signal });
  } catch (error) {
    throw unreachable(error);
  }
  const { status, ok } = response;
  const ours = /json|^text\/calendar/.test(response.headers.get("Content-Type") ?? "");
  const fine = (ok && ours) || status === 204 || status === 304;
  const problem = fine ? null : await problemOf(response, path);
  tell({ reachable: "yes" });
  if (problem) throw problem;
  return response;
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw unreachable(error);
  }
}

function unreachable(error?: unknown, pause = 0): Problem {
  tell({ reachable: "no" });
  const slug = (error as { name?: unknown } | undefined)?.name === "TimeoutError" ? "timeout" : "";
  return new Problem(0, t("foundation.problem.unreachable.title"), t("foundation.problem.unreachable.text"), slug, pause);
}

/** What the server said went wrong. Whoever else answers is not believed, but that a request is too large for them. */
async function problemOf(response: Response, path: string): Promise<Problem> {
  const said = ((await response.json().catch(() => null)) ?? {}) as { title?: unknown; detail?: unknown; type?: unknown };
  const text = (value: unknown, otherwise: string): string => (typeof value === "string" && value !== "" ? value : otherwise);
  const [, slug] = text(said.type, "").split("/problems/");
  if (!slug && response.status !== 413) throw unreachable(null, pauseOf(response));
  if (response.status === 401 && path !== "/api/logins") tell({ signedOut: true });
  return new Problem(
    response.status,
    text(said.title, t("foundation.problem.server.title")),
    text(said.detail, t("foundation.problem.server.text")),
    slug,
    pauseOf(response),
  );
}

function pauseOf({ headers }: Response): number {
  const seconds = Number(headers.get("Retry-After"));
  return seconds > 0 ? Math.min(seconds * 1_000, LONGEST_PAUSE) : 0;
}
