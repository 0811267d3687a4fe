import type { Menu } from "../data/types.ts";

/** In the order of the menu; what it does not name comes after, as it came. */
export function ordered<T extends { id: string }>(all: readonly T[], menu: Menu | null | undefined): T[] {
  const place = ({ id }: T): number => {
    const at = menu?.order?.indexOf(id) ?? -1;
    return at < 0 ? Infinity : at;
  };
  return [...all].sort((one, other) => (place(one) < place(other) ? -1 : Number(place(one) > place(other))));
}
