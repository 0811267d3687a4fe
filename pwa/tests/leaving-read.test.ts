// Files that are brought in: a good one whole, and of a bad one a sentence that says what and where.
import assert from "node:assert/strict";
import { test } from "node:test";
import { strToU8, zipSync } from "fflate";
import { MOST_BYTES, readFile } from "../src/leaving/read.ts";
import { unzipped } from "../src/leaving/unzipped.ts";
import { Unusable } from "../src/leaving/unusable.ts";
import { aJournal, record, whole } from "./support/a-journal.ts";

const HEAD = "full_date,date,weekday,time,mood,activities,note_title,note";
const file = (name: string, ...parts: BlobPart[]) => new File(parts, name);
const json = (value: unknown) => file("copy.json", JSON.stringify(value));
const daylio = (...rows: string[]) => file("daylio.csv", [HEAD, ...rows].join("\n"));
const refused = (from: File, words: RegExp) =>
  assert.rejects(readFile(from), (error: Error) => {
    assert.ok(error instanceof Unusable, String(error.stack));
    assert.match(error.message, words);
    assert.match(error.message, /Nothing was (read or )?brought in\.$/);
    return true;
  });
const utf16 = (text: string, big = false) => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), !big);
  return bytes;
};

test("a copy, as JSON or in its ZIP, brings the person's own records and leaves the therapist's", async () => {
  const said = JSON.stringify(aJournal());
  const zip = zipSync({ "README.txt": strToU8("x"), "midweek.json": strToU8(said) });

  for (const from of [file("copy.json", said), file("copy.json", "\uFEFF", said), file("copy.zip", zip as Uint8Array<ArrayBuffer>)]) {
    const found = await readFile(from);
    assert.deepEqual([found.from, found.records.length, found.theirs, found.days], ["midweek", 14, 1, { first: "2026-11-16", last: "2026-11-22" }]);
  }
});

test("fields and kinds of a newer app are kept", async () => {
  const { records } = await readFile(json(whole([record("hologram", { depth: 3, from_a_newer_phone: true })])));

  assert.deepEqual(records[0]?.body, { depth: 3, from_a_newer_phone: true });
});

// --- Sizes and kinds of files

test("a file of 50 MB is refused by its size, before a byte of it is read", async () => {
  const huge = file("huge.csv", "x");
  Object.defineProperty(huge, "size", { value: 50_000_000 });
  huge.arrayBuffer = () => assert.fail("it was read");

  await refused(huge, /“huge\.csv” has 50 MB\. The most that can be brought in is 30 MB/);
  assert.equal(MOST_BYTES, 30_000_000);
});

test("a ZIP that swells to gigabytes is unpacked up to the limit and no further", async () => {
  const bomb = zipSync({ "midweek.json": new Uint8Array(100_000_000) }, { level: 9 });
  const lying = bomb.slice();
  for (const at of [22, 18]) new DataView(lying.buffer).setUint32(at, at === 22 ? 10 : bomb.length, true);

  for (const zip of [bomb, lying]) {
    assert.throws(() => unzipped(zip, "bomb.zip"), { name: "Unusable", message: /What is packed in “bomb\.zip” is larger than 60 MB/ });
  }
});

test("a ZIP without a copy in it, one that was cut, and one with rubbish in it are refused", async () => {
  const zip = zipSync({ "midweek.json": strToU8(JSON.stringify(aJournal())) });

  await refused(file("photos.zip", zipSync({ "photo.jpg": new Uint8Array(9) }) as Uint8Array<ArrayBuffer>), /there is no midweek\.json in it/);
  await refused(file("cut.zip", zip.slice(0, 300)), /damaged or not whole/);
  await refused(file("rubbish.zip", zip.slice(0, 60), new Uint8Array(400).fill(7), zip.slice(460)), /damaged/);
});

test("empty and binary files are refused", async () => {
  await refused(file("none.csv"), /“none\.csv” is empty/);
  await refused(file("photo.jpg", new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1])), /is not a text file/);
  await refused(file("letter.txt", "Dear all"), /neither a Midweek copy nor Daylio/);
});

test("UTF-16 with its mark is read; letters of another alphabet are refused with line and column", async () => {
  const said = `${HEAD}\n2024-01-23,,,18:36,gut,,,schön`;

  for (const bytes of [utf16(`\uFEFF${said}`), utf16(`\uFEFF${said}`, true), utf16(said)]) {
    assert.equal((await readFile(file("d.csv", bytes))).records[0]?.body["note"], "schön");
  }
  await refused(file("latin.csv", `${HEAD}\n2024-01-23,,,18:36,gut,,,`, Uint8Array.of(0x73, 0x63, 0x68, 0xf6, 0x6e)), /line 2, column 29: this letter is not in UTF-8/);
  await refused(file("latin.json", '{"a": "�', Uint8Array.of(0xe9), '"}'), /line 1, column 9/);
  await refused(file("odd.csv", Uint8Array.of(0xff, 0xfe, 0x41)), /not a text file/);
});

// --- Copies

test("a copy of a newer format is refused, saying to update", () =>
  refused(json({ ...aJournal(), version: 2 }), /made by a newer Midweek: format 2, and this one knows 1\. Update Midweek/));

test("other JSON, damaged JSON and a copy without records are refused", async () => {
  await refused(json([1, 2]), /not a copy that Midweek made/);
  await refused(json({ format: "midweek-export", version: 1 }), /no list of records/);
  await refused(file("cut.json", '{\n  "format": "midweek-export",\n  "version": ]'), /line 3, column 14: the file is damaged here/);
  await refused(json({ ...aJournal(), records: [] }), /no entries of yours/);
});

for (const [field, change] of [
  ["id", { id: "../x" }], ["kind", { kind: "<b>" }], ["day", { day: "2026-02-30" }], ["zone", { zone: "Mars/Olympus" }], ["felt_at", { felt_at: "soon" }],
  ["felt_at", { felt_at: 9e15 }], ["saved_at", { saved_at: null }], ["audience", { audience: "everyone" }], ["schema", { schema: 0 }], ["body", { body: [] }],
  ["body.distress", { body: { distress: 11 } }], ["body.affect", { body: { affect: { v: 2, a: 0 } } }], ["body.own_words", { body: { own_words: "x" } }],
  ["body.words", { body: { words: ["x"] } }], ["body.note", { body: { note: 3 } }],
] as const) {
  test(`a record whose ${field} can't be right (${JSON.stringify(change)}) is refused with its number and field`, () =>
    refused(json(whole([record("note", { text: "fine" }), record("checkin", { distress: 3 }, change as object)])), new RegExp(`“copy\\.json”, record 2: its field “${field.replace(".", "\\.")}”`)));
}

test("the same id twice counts once, and what had no text is passed over", async () => {
  const one = record("note", { text: "first" });
  const said = whole([one, { ...one, body: { text: "second" } }, record("note", {}, { deleted: true }), { ...record("note", {}), body: null }]);

  assert.deepEqual((await readFile(json(said))).records.map(({ body }) => body), [{ text: "first" }]);
});

for (const [text, line, column] of [
  ['{"a": 1', 1, 8], ['{"a": 1,}', 1, 9], ['{"a" 1}', 1, 6], ['[1,,2]', 1, 4], ['{\n"a": tru}', 2, 6], ['{"a": "x\ny"}', 1, 7], ['{"a": [1, {"b": 01}]}', 1, 17], ['{} {}', 1, 4], ['{"a": [1}', 1, 9],
] as const) {
  test(`damaged JSON is refused at its place: ${JSON.stringify(text)}`, () => refused(file("x.json", text), new RegExp(`line ${line}, column ${column}: the file is damaged here`)));
}

// --- Daylio

test("a row of Daylio becomes a private check-in of its own day and time, its words kept and no number made of them", async () => {
  const found = await readFile(daylio('2024-01-23,"January 23",Tuesday,"6:36 pm",rad,"movies / tv | good sleep","A title","Line one<br>line ""two""<br><b>bold</b> &amp; more"'));

  const [{ id, saved_at, felt_at, zone, ...rest } = {} as never] = found.records;
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.equal(new Date(felt_at as number).toString(), new Date(2024, 0, 23, 18, 36).toString());
  assert.deepEqual(rest, {
    kind: "checkin", schema: 1, audience: "me", author: "client", day: "2024-01-23", conflict_of: null, unsent: false,
    body: { imported_from: "daylio", own_words: ["rad"], note: 'A title\n\nLine one\nline "two"\nbold & more\n\nmovies / tv, good sleep', activities: ["movies / tv", "good sleep"] },
  });
});

test("columns may stand in any order, quoted or not, with others among them, and notes may hold lines and commas", async () => {
  const said = '\uFEFF"note","mood","time","full_date","scales","weather"\r\n"one, two\r\nthree","meh","22:04","2023-07-17","","sun"\r\n\r\n';

  const [record] = (await readFile(file("d.csv", said))).records;

  assert.deepEqual([record?.day, record?.body], ["2023-07-17", { imported_from: "daylio", own_words: ["meh"], note: "one, two\r\nthree" }]);
});

test("the same file gives the same ids, and two rows that say the same are two entries", async () => {
  const rows = ["2024-01-23,,,18:36,rad,,,", "2024-01-23,,,18:36,rad,,,", "2024-01-23,,,18:37,rad,,,"];

  const [first, second] = [await readFile(daylio(...rows)), await readFile(daylio(...rows))];

  assert.equal(new Set(first.records.map(({ id }) => id)).size, 3);
  assert.deepEqual(first.records, second.records);
});

for (const [time, read] of [["12:00 am", "00:00"], ["12:30 PM", "12:30"], ["7:05\u202fp.m.", "19:05"], ["07.05", "07:05"], ["23:59:10", "23:59"]] as const) {
  test(`the time ${time} is ${read}`, async () => {
    const [record] = (await readFile(daylio(`2024-01-23,,,${time},rad,,,`))).records;

    const at = new Date(record?.felt_at ?? 0);
    assert.equal(`${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`, read);
  });
}

test("missing columns, odd rows, days, times and quotes are refused with their line", async () => {
  await refused(file("other.csv", "year,date,weekday,time,mood,note\n2018,18 May,Friday,11:54 pm,happy,x"), /“other\.csv”, line 1: these columns are missing: full_date\. Found: year, date/);
  await refused(daylio("2024-01-23,,,18:36,rad,,,ok", "2024-01-24,,,18:36,rad"), /line 3: 5 cells where the first line names 8/);
  await refused(daylio('2024-01-23,,,18:36,rad,,,"a\nb"', "23.01.2024,,,18:36,rad,,,"), /line 4, column full_date: “23\.01\.2024” is not a day/);
  await refused(daylio("2024-01-23,,,25:00,rad,,,"), /line 2, column time: “25:00”/);
  await refused(daylio("2024-01-23,,,noon,rad,,,"), /line 2, column time: “noon”/);
  await refused(daylio('2024-01-23,,,18:36,rad,,,"never closed'), /line 2, column 26: a quotation mark opens here/);
  await refused(daylio('2024-01-23,,,18:36,rad,,,"closed"too early'), /line 2, column 26/);
  await refused(file("only-a-head.csv", HEAD), /no entries of yours/);
});
