// The bytes of a file as text, or the sentence that says why they are none. Nothing is guessed: words that were read in the
// wrong alphabet would be kept like that.
import { Unusable } from "./unusable.ts";
import { lt } from "./words.ts";

/** UTF-8, or UTF-16 that says so itself or can't be anything else. Throws Unusable. */
export function textOf(bytes: Uint8Array, name: string): string {
  const wide = wideOf(bytes);
  if (wide !== null) return decoded(bytes, wide, () => lt("leaving.read.not_text", { name }));
  if (bytes.subarray(0, 4_096).includes(0)) throw new Unusable(lt("leaving.read.not_text", { name }));
  return decoded(bytes, "utf-8", () => lt("leaving.read.not_utf8", { name, ...placeOf(bytes) }));
}

function decoded(bytes: Uint8Array, encoding: string, problem: () => string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Unusable(problem());
  }
}

/** UTF-16 by its mark, or by every other byte of its beginning being zero, as in text of Latin letters. */
function wideOf(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const head = bytes.subarray(0, 64);
  const zero = (odd: 0 | 1) => head.length >= 4 && head.every((byte, at) => at % 2 !== odd || byte === 0);
  const none = (odd: 0 | 1) => head.every((byte, at) => at % 2 !== odd || byte !== 0);
  if (zero(1) && none(0)) return "utf-16le";
  return zero(0) && none(1) ? "utf-16be" : null;
}

/** Line and column of the first byte that is no UTF-8, counted from 1. */
function placeOf(bytes: Uint8Array): { line: number; column: number } {
  const text = new TextDecoder().decode(bytes);
  const before = text.slice(0, Math.max(0, firstBad(bytes, text)));
  return { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
}

/** The first replacement character that the text did not hold itself. */
function firstBad(bytes: Uint8Array, text: string): number {
  const own = new TextEncoder();
  let [from, at] = [0, text.indexOf("\uFFFD")];
  for (let start = 0; at >= 0; at = text.indexOf("\uFFFD", at + 1)) {
    start += own.encode(text.slice(from, at)).length;
    if (bytes[start] !== 0xef || bytes[start + 1] !== 0xbf || bytes[start + 2] !== 0xbd) return at;
    [from, start] = [at + 1, start + 3];
  }
  return text.length;
}
