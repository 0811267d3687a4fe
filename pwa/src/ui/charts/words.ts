// The words of the charts: they load with the charts, wherever those are drawn.
import { translator } from "../../app/catalogue.ts";
import { locale } from "../../app/words.ts";
import charts from "../../words/en/charts.json" with { type: "json" };

/** The sentence for `key`, with its parameters filled in. */
export const ct = translator(charts, locale);
