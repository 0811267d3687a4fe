// Setting an exercise of a list for one client: what the server would be asked, and what is told of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "../src/data/api.ts";
import { type Ask, type Limits, setOne } from "../src/screens/therapist/list-tasks.ts";
import type { Task } from "../src/screens/therapist/template.ts";
import type { Assignable } from "../src/screens/therapist/types.ts";

const BREATH = { id: "breath", title: "Breath", access: "self", intensity: "low", contraindications: ["BREATH"], assignable: true } as unknown as Assignable;
const TASK = { id: "t", op: "o", client: { id: "bruno", name: "Bruno" }, item: { exercise: "breath", reason: "", times_a_week: 2, session: null }, title: "Breath" } as unknown as Task;

/** A way to ask that is answered so, and what was asked. */
function answering(settings: object | null, refusal?: Problem): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  const ask = ((method, path) => {
    asked.push(`${method} ${path}`);
    return method === "POST" && refusal ? Promise.reject(refusal) : Promise.resolve({ settings });
  }) as Ask;
  return { ask, asked };
}
const says = (error: unknown): string => (error as Problem).detail;
const setting = (blocks: string[]): object => ({ id: "s", kind: "client-setting", author: "therapist", rev: "a.1", body: { blocks } });

test("what is kept closed for a client is left alone, and why is told", async () => {
  const { ask, asked } = answering(setting(["BREATH"]));
  const came = await setOne(TASK, [BREATH], new Map(), ask, says);

  assert.deepEqual(asked, ["GET /api/clients/bruno/settings"]);
  assert.match(came.trouble ?? "", /^You keep exercises like this closed for them: /);
  assert.equal(came.again, false);
});

test("what is open is set, and limits are read once a client", async () => {
  const { ask, asked } = answering(setting(["BODY"]));
  const limits: Limits = new Map();
  const came = [await setOne(TASK, [BREATH], limits, ask, says), await setOne(TASK, [BREATH], limits, ask, says)];

  assert.deepEqual(asked, ["GET /api/clients/bruno/settings", "POST /api/clients/bruno/assignments", "POST /api/clients/bruno/assignments"]);
  assert.deepEqual(came.map(({ trouble }) => trouble), [null, null]);
});

test("a refusal is told as it was said and stays one, a client who left is told as gone, trouble of the server may pass", async () => {
  const came = async (status: number, detail: string): Promise<[string | null, boolean]> => {
    const { ask } = answering(null, new Problem(status, "", detail));
    const { trouble, again } = await setOne(TASK, [BREATH], new Map(), ask, says);
    return [trouble, again];
  };

  assert.deepEqual(await came(422, "It is set already."), ["It is set already.", false]);
  assert.deepEqual(await came(404, "Not there."), ["They are not among your clients any more.", false]);
  assert.equal((await came(503, "Busy."))[1], true);
});
