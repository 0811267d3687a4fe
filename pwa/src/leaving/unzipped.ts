// The one file of a ZIP that can be brought in. Nothing else in it is unpacked, and unpacking stops at a limit: a small ZIP
// may claim to hold next to nothing and swell to gigabytes.
import { Unzip, UnzipInflate, UnzipPassThrough } from "fflate";
import { Unusable } from "./unusable.ts";
import { lt } from "./words.ts";

export const WANTED = "midweek.json";
export const MOST_UNPACKED = 60_000_000;
/** Deflate swells at most about a thousandfold, so a step of this size never makes more than some megabytes. */
const STEP = 8 * 1024;

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/** The bytes of `midweek.json` in this ZIP. Throws Unusable. */
export function unzipped(bytes: Uint8Array, name: string, most = MOST_UNPACKED): Uint8Array {
  const parts: Uint8Array[] = [];
  let [found, whole, size] = [false, false, 0];
  const unzip = new Unzip((file) => {
    if (found || (file.name !== WANTED && !file.name.endsWith(`/${WANTED}`))) return;
    found = true;
    file.ondata = (error, data, final) => {
      if (error) throw error;
      size += data.length;
      if (size > most) throw new Unusable(lt("leaving.read.too_large_unpacked", { name, most: megabytes(most) }));
      parts.push(data);
      whole = final;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  try {
    for (let at = 0; at < bytes.length && !whole; at += STEP) unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable(lt("leaving.read.zip_broken", { name }));
  }
  if (!found) throw new Unusable(lt("leaving.read.zip_without", { name, wanted: WANTED }));
  if (!whole) throw new Unusable(lt("leaving.read.zip_broken", { name }));
  return joined(parts, size);
}

export function megabytes(size: number): number {
  return Math.max(1, Math.round(size / 1_000_000));
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
