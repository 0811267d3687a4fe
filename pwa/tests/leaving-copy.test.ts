// The copy: what is in the ZIP, and that nothing in it can do harm where it is opened.
import assert from "node:assert/strict";
import { test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { filesOf, zipped } from "../src/leaving/archive.ts";
import { codebook, tablesOf } from "../src/leaving/columns.ts";
import { csv, rowsOf } from "../src/leaving/csv.ts";
import { materialOf } from "../src/leaving/material.ts";
import { reportOf } from "../src/leaving/report.ts";
import { aJournal, ANNA, NOON, record, whole } from "./support/a-journal.ts";

const material = (everything = aJournal()) => materialOf(everything, ANNA, null);
const tableOf = (file: string, everything = aJournal()) => {
  const found = tablesOf(material(everything)).find((table) => table.file === file);
  assert.ok(found);
  return [...found.rows].map((row) => Object.fromEntries(found.columns.map(({ name }, at) => [name, row[at]])));
};
const text = (rows: Parameters<typeof csv>[0]) => [...csv(rows)].join("");
const report = (everything = aJournal()) => [...reportOf(material(everything))].join("");

async function unpacked(server: string | null): Promise<Record<string, string>> {
  const parts = await zipped(filesOf(material(), server), new Date(NOON));
  const files = unzipSync(new Uint8Array(await new Blob(parts).arrayBuffer()));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

test("the ZIP holds the page, the entries, the tables with their codebook, FHIR, and what the server holds", async () => {
  const files = await unpacked('{"held": true}');

  assert.deepEqual(Object.keys(files).sort(), [
    "README.txt", "fhir.json", "midweek.json", "report.html", "server.json", "tables/answers.csv", "tables/cards.csv", "tables/check-ins.csv",
    "tables/codebook.csv", "tables/exercises.csv", "tables/not-today.csv", "tables/notes.csv", "tables/other.csv", "tables/scenes.csv", "tables/vocabulary.csv",
  ]);
  assert.deepEqual(JSON.parse(files["midweek.json"] ?? "").records.length, aJournal().records.length);
  assert.equal(files["server.json"], '{"held": true}');
});

test("without the server the ZIP has all the rest, and its words name every file", async () => {
  const files = await unpacked(null);

  assert.equal("server.json" in files, false);
  for (const name of ["report.html", "midweek.json", "tables", "codebook.csv", "fhir.json", "server.json", "not locked"]) assert.match(files["README.txt"] ?? "", new RegExp(name));
});

for (const start of ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "\u00a0=1", "＝1", "＠x", "\u200b=1"]) {
  test(`a text that begins with ${JSON.stringify(start)} is no formula`, () => {
    assert.equal(text([[start]]), `\uFEFF"'${start}"\r\n`);
  });
}

test("numbers below zero stay numbers, and words stay as they were written", () => {
  assert.equal(text([[-0.5, "it's -1", "a@b", true, null, Number.NaN]]), '\uFEFF-0.5,"it\'s -1","a@b",1,,\r\n');
});

test("commas, quotes and lines in a cell come back as they were", () => {
  const said = [['a,b', 'say "x"', "two\r\nlines", ""], ["", "end", "ä😀", "x"]];

  assert.deepEqual(rowsOf(text(said)).map(({ cells }) => cells), said);
});

test("a check-in is one row with its private part, as numbers, and says what was never shared", () => {
  const [row] = tableOf("check-ins.csv");

  assert.deepEqual(
    [row?.["pleasantness"], row?.["energy"], row?.["distress"], row?.["words"], row?.["strengths"], row?.["shared"], row?.["never_shared"], row?.["day"], row?.["time"]],
    [-0.5, 0.75, 7, "uneasy; fear", "uneasy 3; fear", true, "note; own_words", "2026-11-22", "13:00"],
  );
});

test("an exercise tells its ratings before and after, and each answer is a row", () => {
  const exercise = { id: "five-stop-scan", version: 1, title: "Five stops", steps: [], measures: [{ code: "D", before: "before", after: "after" }] };
  const everything = aJournal();
  everything.records.push(record("assignment", { exercise: "five-stop-scan", snapshot: exercise }, { author: "therapist" }));

  const [run] = tableOf("exercises.csv", everything);

  assert.deepEqual([run?.["exercise"], run?.["before"], run?.["after"], run?.["own_words"]], ["five-stop-scan", 6, 4, "heavy"]);
  assert.deepEqual(tableOf("answers.csv").map((row) => [row["key"], row["number"], row["never_shared"]]), [
    ["before", 6, false], ["after", 4, false], ["eyes", null, false], ["place", null, false], ["how", null, false], ["noticed", null, true],
  ]);
});

test("the codebook names each column of each table with its range and its meaning", () => {
  const tables = tablesOf(material());
  const rows = [...codebook(tables).rows];

  assert.deepEqual(rows.map(([file, column]) => `${file} ${column}`), tables.flatMap(({ file, columns }) => columns.map(({ name }) => `${file} ${name}`)));
  assert.ok(rows.every((row) => row.every((cell) => typeof cell === "string" && cell !== "" && !cell.startsWith("leaving."))));
});

test("no record is left out of the tables", () => {
  const everything = aJournal();
  const parts = everything.records.filter(({ body }) => body !== null && "part_of" in body).length;
  const rows = ["check-ins.csv", "exercises.csv", "not-today.csv", "scenes.csv", "cards.csv", "notes.csv", "other.csv"].flatMap((file) => tableOf(file, everything));

  assert.equal(rows.length, everything.records.length - parts);
});

test("the page says each answer in words, day by day, and who it was shared with", () => {
  const page = report();

  for (const words of ["Sunday, November 22, 2026", "quite pleasant|somewhat unpleasant", "7 of 10", "A note of my own, “quoted”, with", "never shared", "stopped on the way", "Not today: Calm place", "Too tired", "Too loud at home", "The table", "18:30"]) {
    assert.match(page, new RegExp(words));
  }
});

test("test_s23: each chart of the page names n and period and has its table; with too few it says so", () => {
  const [few, enough] = [report(whole([record("checkin", { distress: 3 })])), report()];

  assert.match(enough, /How hard things were to carry, 2026: 3 check-ins on 3 days, (Nov 19|19 Nov) to (Nov 22|22 Nov)/);
  assert.match(enough, /<svg[^]*<details><summary>The same as a table<\/summary><table>/);
  assert.match(few, /1 check-in on 1 day[^]*Not enough yet. This needs 3 in the time shown./);
  assert.doesNotMatch(few, /<svg/);
});

test("test_s22: the page shows no score, risk level, diagnosis or prediction", () => {
  assert.doesNotMatch(report().replace(/<style>[^]*<\/style>/, ""), /score|risk|relapse|diagnos|predict|improv|wors/i);
});

for (const attack of ["<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", '"><svg/onload=alert(1)>', "]]><!--", "&lt;b&gt;"]) {
  test(`what was written is text on the page: ${attack}`, () => {
    const everything = whole([
      record("checkin", { own_words: [attack], note: attack, words: [{ id: attack }], regions: [attack] }),
      record("run", { exercise: attack, title: attack, version: 1, ended: "finished", answers: { [attack]: attack } }),
      record("note", { text: attack }), record("hologram", { [attack]: [attack] }),
    ]);

    const page = report(everything);

    assert.doesNotMatch(page, /<script|<img|<svg|<!--/i);
    assert.ok(page.includes(attack.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")));
  });
}

test("the page loads nothing and runs nothing", () => {
  const page = report(whole(aJournal().records.filter(({ kind }) => kind !== "note")));

  assert.match(page, /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'/);
  assert.doesNotMatch(page, /(src|href)=|url\(|@import|https?:/);
});
