// How days and times are written, everywhere in the app: in the language of the words, with the order of day and month and
// the clock of where the reader is.
import { locale } from "./words.ts";

const TAG = /^([a-z]{2,3})(?:-[a-z]{4})?-([a-z]{2}|\d{3})(?![a-z\d])/i;

/** The form of dates for words in `language`, for a browser that wants these languages: the region of the first that is the same
 *  language, else of the first that names one. "en-GB" stays as it is; "it-IT" gives English words in Italian order. */
export function datesFor(language: string, wanted: readonly string[]): string {
  const tags = wanted.flatMap((one) => {
    const [, own, region] = TAG.exec(one) ?? [];
    return own === undefined || region === undefined ? [] : [{ own: own.toLowerCase(), region: region.toUpperCase() }];
  });
  const best = tags.find(({ own }) => own === language) ?? tags[0];
  return best === undefined ? language : `${language}-${best.region}`;
}

/** For Intl, wherever a day or a time is written. */
export const dates = datesFor(locale, navigator.languages);
