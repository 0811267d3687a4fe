import { t } from "../../app/words.ts";
import { energyKey, pleasantKey } from "./affect-words.ts";
import type { AffectValue } from "./types.ts";

/** A place on the square in words. */
export function affectText(value: AffectValue): string {
  return t("inputs.affect.both", { pleasant: t(pleasantKey(value.v)), energy: t(energyKey(value.a)) });
}
