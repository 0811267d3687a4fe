// Dots as one path, however many: a year of them is then one shape to the browser, not a thousand. Pure.

/** A path whose round line ends are the dots. */
export function dots(places: readonly (readonly [x: number, y: number])[]): string {
  return places.map(([x, y]) => `M${rounded(x)} ${rounded(y)}h.01`).join("");
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
