import assert from "node:assert/strict";
import { test } from "node:test";
import { datesFor } from "../src/app/dates.ts";

const NOON = Date.parse("2026-11-29T13:05:00Z");
const written = (...wanted: string[]): string =>
  new Intl.DateTimeFormat(datesFor("en", wanted), { day: "numeric", month: "long", hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(NOON);

test("dates have the words' language, and the order and the clock of where the reader is", () => {
  assert.match(written("en-GB"), /^29 November at 13:05$/);
  assert.match(written("en-US"), /^November 29 at 1:05\sPM$/);
  assert.match(written("it-IT", "it"), /^29 November at 13:05$/);
});

for (const [wanted, form] of [
  [["en-GB", "en-US"], "en-GB"], [["de-DE", "en-US"], "en-US"], [["it-IT", "de-DE"], "en-IT"], [["zh-Hant-TW"], "en-TW"], [["es-419"], "en-419"],
  [["en"], "en"], [["de"], "en"], [[], "en"], [["en-US@posix"], "en-US"], [["en_GB"], "en"], [["x", "", "en-GBX"], "en"],
] as const) {
  test(`a browser that wants ${JSON.stringify(wanted)} shows dates as ${form}`, () => {
    assert.equal(datesFor("en", wanted), form);
    assert.doesNotThrow(() => new Intl.DateTimeFormat(form));
  });
}
