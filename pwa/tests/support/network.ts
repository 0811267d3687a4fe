// The way to the server as a test scripts it: every request goes to a FakeServer, unless the test has an answer ready.
import type { Me } from "../../src/data/types.ts";
import { FakeServer, type SyncRequest } from "./fake-server.ts";

export interface Asked {
  method: string;
  path: string;
  body: unknown;
}
/** What comes back instead of the server's answer; `next` is the server. */
export type Twist = (asked: Asked, next: () => Promise<Response>) => Response | Promise<Response>;

export const ANNA: Me = {
  role: "client", id: "0197a000-0000-7000-8000-00000000000a", name: "Anna", practice: "Practice", therapist: "Teresa",
  login: "one", now: 0, approvals: [],
};

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

/** A problem as the server says it. */
export function problem(status: number, slug: string, headers: Record<string, string> = {}): Response {
  const said = { type: `/problems/${slug}`, title: slug, status, detail: `The server said ${slug}.` };
  return new Response(JSON.stringify(said), { status, headers: { "Content-Type": "application/problem+json", ...headers } });
}

export const noAnswer = (): never => {
  throw new TypeError("fetch failed");
};

export class Network {
  server = new FakeServer();
  me: Me = ANNA;
  /** Whether the browser holds a cookie of this server. */
  joined = false;
  requests: Asked[] = [];
  /** Answers every sync until it is null again. */
  twist: Twist | null = null;
  /** Answers every other request. */
  otherwise: Twist | null = null;

  readonly fetch: typeof fetch = async (input, init) => {
    const asked: Asked = {
      method: init?.method ?? "GET",
      path: String(input),
      body: init?.body === undefined ? undefined : JSON.parse(init.body as string),
    };
    this.requests.push(asked);
    const twist = asked.path === "/api/sync" ? this.twist : this.otherwise;
    return twist ? twist(asked, () => this.#serve(asked)) : this.#serve(asked);
  };

  /** The requests to sync since the last `clear`, each with how many ops it held. */
  get sent(): number[] {
    return this.requests.filter(({ path }) => path === "/api/sync").map(({ body }) => (body as SyncRequest).ops.length);
  }

  async #serve({ method, path, body }: Asked): Promise<Response> {
    if (path === "/api/sync" && this.joined) return json(await this.server.exchange(body as SyncRequest));
    if (path === "/api/logins" && method === "POST") {
      this.joined = true;
      return json(this.me, 201);
    }
    if (!this.joined) return problem(401, "not-signed-in");
    if (path === "/api/logins/current" && method === "GET") return json(this.me);
    if (path === "/api/logins/current") {
      this.joined = false;
      return new Response(null, { status: 204 });
    }
    return problem(404, "not-found");
  }
}
