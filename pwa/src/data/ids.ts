// Ids made on the phone: UUIDv7 for new things, UUIDv5 for ids that every device must make alike.

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const dashed = (text: string): string =>
  [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");

function stamped(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return dashed(hex(bytes));
}

/** A new id, ordered by the time it was made. */
export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  return stamped(bytes, 7);
}

/** UUIDv5 of `name` under the namespace `space` (an id): the same on every device, and on the server. */
export async function derivedId(space: string, name: string): Promise<string> {
  const root = Uint8Array.from(space.replaceAll("-", "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const said = new TextEncoder().encode(name);
  const whole = new Uint8Array(root.length + said.length);
  whole.set(root);
  whole.set(said, root.length);
  return stamped(new Uint8Array(await crypto.subtle.digest("SHA-1", whole)).slice(0, 16), 5);
}
