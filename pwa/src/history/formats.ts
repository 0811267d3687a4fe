const made = new Map<string, Intl.DateTimeFormat>();

/** The formatter of dates for these options, made once: making one takes longer than fifty uses of it. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let format = made.get(key);
  if (format === undefined) made.set(key, format = new Intl.DateTimeFormat(locale, options));
  return format;
}
