// Sealing: AES-GCM with a key that can't leave this phone's browser. Never called inside a transaction: a transaction
// ends when it is left waiting for anything but the database.

/** A sealed value that does not open with this phone's key. It is left where it is. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
}

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  ct: ArrayBuffer;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A new key. It can be used and stored, never read out. */
export function newKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** `place` (store and key) is bound to the value: moved elsewhere, it does not open. */
export async function seal(key: CryptoKey, place: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = encoder.encode(JSON.stringify(value));
  return { iv, ct: await crypto.subtle.encrypt(parameters(iv, place), key, plain) };
}

/** The value sealed for `place`; throws Unreadable. */
export async function unseal<T>(key: CryptoKey, place: string, sealed: Sealed): Promise<T> {
  let plain: ArrayBuffer;
  try {
    plain = await crypto.subtle.decrypt(parameters(sealed.iv, place), key, sealed.ct);
  } catch (cause) {
    throw new Unreadable(place, { cause });
  }
  return JSON.parse(decoder.decode(plain)) as T;
}

/** Bytes sealed for `place`, with what is needed to open them in front. */
export async function sealBytes(key: CryptoKey, place: string, plain: BufferSource): Promise<Blob> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return new Blob([iv, await crypto.subtle.encrypt(parameters(iv, place), key, plain)]);
}

/** The bytes sealed for `place`; throws where they don't open. */
export function unsealBytes(key: CryptoKey, place: string, sealed: ArrayBuffer): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt(parameters(new Uint8Array(sealed.slice(0, 12)), place), key, sealed.slice(12));
}

/** Whether two sealed values are the very same writing. */
export function sameWriting(one: Sealed | undefined, other: Sealed | undefined): boolean {
  if (!one || !other) return one === other;
  return one.iv.every((byte, index) => byte === other.iv[index]);
}

function parameters(iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: encoder.encode(place) };
}
