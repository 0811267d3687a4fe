import { numbers } from "./emergency.ts";
import { locale } from "./words.ts";

const names = new Intl.DisplayNames(locale, { type: "region" });

/** What a country (ISO 3166-1) is called. */
export function nameOf(code: string): string {
  return names.of(code) ?? code;
}

/** The countries whose emergency number is known, by name. */
export const countries = numbers
  .flatMap(([, codes]) => codes)
  .map((code) => ({ code, name: nameOf(code) }))
  .sort((a, b) => a.name.localeCompare(b.name, locale));
