// Asking the server from the worker: the cookie goes along, the header says that it is the app.

const TIMEOUT = 15_000;

/** A successful answer; rejects for everything else. */
export async function ask(method: string, path: string, body?: object): Promise<Response> {
  const headers = { "X-Midweek": "1", Accept: "application/json", ...(body && { "Content-Type": "application/json" }) };
  const init: RequestInit = { method, headers, credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(TIMEOUT) };
  const response = await fetch(path, body ? { ...init, body: JSON.stringify(body) } : init);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}
