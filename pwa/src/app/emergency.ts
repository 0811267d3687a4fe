// Public emergency numbers, one for all services, where there is one. Crisis lines come from the practice, never from here.

/** When the list was last gone through. */
export const checkedOn = "2026-11-22";

/** Each number with the countries (ISO 3166-1) where it reaches the emergency services. */
export const numbers: ReadonlyArray<readonly [number: string, countries: readonly string[]]> = [
  [
    "112",
    [
      "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IN", "IS", "IT", "LI",
      "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "TR",
    ],
  ],
  ["911", ["CA", "MX", "US"]],
  ["999", ["GB", "IE"]],
  ["000", ["AU"]],
  ["111", ["NZ"]],
];

/** The number of a country, or null when it is not in the list. */
export function numberOf(country: string): string | null {
  return numbers.find(([, countries]) => countries.includes(country))?.[0] ?? null;
}
