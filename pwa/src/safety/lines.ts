// Which lines are shown, and what a tap on a number asks the phone for. Pure.
import type { Line } from "./contacts.ts";

/** The practice's lines for a phone whose country is `country`: one that names another is left out, one without a number too. */
export function linesFor(lines: readonly Line[], country: string): Line[] {
  return lines.filter((line) => dial(line.number) !== null && (!line.country || country === "" || line.country === country));
}

/** The `tel:` address of a number as people write it, or null when there is nothing to dial. */
export function dial(number: string): string | null {
  const digits = digitsOf(number);
  return digits === null ? null : `tel:${digits}`;
}

/** The `sms:` address, with no text in it: what is written is the person's. */
export function write(number: string): string | null {
  const digits = digitsOf(number);
  return digits === null ? null : `sms:${digits}`;
}

const CAN_BE_DIALLED = /^\+?[0-9]{2,}$/;

/** Of "+44 (0)20 7946 0000" the zero is left out: behind a country's number it is not dialled. */
function digitsOf(number: string): string | null {
  const written = number.trim();
  const digits = (written.startsWith("+") ? written.replace("(0)", "") : written).replaceAll(/[\s()./-]/g, "");
  return CAN_BE_DIALLED.test(digits) ? digits : null;
}

/** An address to open, or null when it is not reached safely. */
export function chatAddress(address: string | undefined): string | null {
  return address?.startsWith("https://") ? address : null;
}
