// The words of the start page and the player: they load with the screens that say them, not with the first one.
import { translator } from "../app/catalogue.ts";
import { locale } from "../app/words.ts";
import player from "../words/en/player.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const pt = translator(player, locale);
