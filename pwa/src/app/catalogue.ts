// The core of the words: typed keys, {name} parameters, plurals by Intl.PluralRules. No words here.
import type { Params } from "../generated/words.ts";

type Value = string | { readonly [form: string]: string };
export type Catalogue = Readonly<Record<string, Value>>;
type Fill = Readonly<Record<string, string | number>>;

/** What `t(key, ...)` takes after the key: the parameters its sentence names, or nothing. */
export type Filling<C, K extends keyof C> = K extends keyof Params
  ? Params[K]
  : C[K] extends string
    ? [params?: Fill]
    : [params: { n: number } & Fill];

/** A translator over one catalogue. An unknown key or a missing parameter is a compile error. */
export function translator<C extends { readonly [K in keyof C]: Value }>(catalogue: C, locale: string) {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const fill = (text: string, params: Fill): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      return value === undefined ? whole : typeof value === "number" ? numbers.format(value) : value;
    });
  return function t<K extends keyof C & string>(key: K, ...[params]: Filling<C, K>): string {
    const value: Value | undefined = catalogue[key];
    const given: Fill = params ?? {};
    if (value === undefined) return key;
    if (typeof value === "string") return fill(value, given);
    return fill(value[plurals.select(Number(given["n"]))] ?? value["other"] ?? key, given);
  };
}
