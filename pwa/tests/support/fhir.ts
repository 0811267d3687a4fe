// Prints a journal as FHIR, for the test that validates it: `node fhir.ts`.
import { fhirOf } from "../../src/leaving/fhir.ts";
import { materialOf } from "../../src/leaving/material.ts";
import type { Library } from "../../src/exercise/types.ts";
import { aJournal, ANNA, record } from "./a-journal.ts";
import { readFileSync } from "node:fs";

const library = JSON.parse(readFileSync(new URL("../../src/generated/library.json", import.meta.url), "utf8")) as Library;
const everything = aJournal();
everything.records.push(
  record("checkin", {}, { ago: 9 }),
  record("checkin", { own_words: ["", "  "], note: " " }, { ago: 9, zone: null, audience: "me" }),
  record("run", { exercise: "a_name/with odd letters ".repeat(6), version: 3, ended: "left", answers: { "odd key": "x", empty: "" }, ratings: { half: 2.5 } }, { ago: 10, zone: "America/St_Johns" }),
  ...library.exercises.map((exercise) => record("run", {
    exercise: exercise.id, version: exercise.version, ended: "finished", ratings: Object.fromEntries(exercise.measures.flatMap(({ before, after }) => [[before, 6], [after, 3]])),
  }, { ago: 11 })),
);
process.stdout.write([...fhirOf(materialOf(everything, ANNA, library))].join(""));
