import "./support/no-channels.ts";
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { RECORDINGS, wipe } from "../src/data/door.ts";
import { fetchSounds, keptSounds, type Recording, recordings, recordingsOf, refreshRecordings, soundOf } from "../src/data/recordings.ts";
import { soundsFor } from "../src/exercise/use-recorded.ts";

const SOUND = new TextEncoder().encode("the voice of Teresa");
const one = (more: Partial<Recording> = {}): Recording => ({
  id: "a", exercise: "calm-place", version: 1, locale: "en", step: "", type: "audio/wav", size: SOUND.length, by: "Teresa", at: 0, ...more,
});

/** The browser's caches, as much as is used of them. */
class Store {
  held = new Map<string, Response>();
  keys = async (): Promise<{ url: string }[]> => [...this.held.keys()].map((url) => ({ url }));
  match = async (url: string): Promise<Response | undefined> => this.held.get(url)?.clone();
  put = async (url: string, answer: Response): Promise<void> => void this.held.set(url, answer);
  delete = async (url: string): Promise<boolean> => this.held.delete(url);
}
let store: Store;
let listed: Recording[];
let answer: () => Response;

beforeEach(async () => {
  store = new Store();
  listed = [one()];
  answer = () => new Response(SOUND, { headers: { "Content-Type": "audio/wav" } });
  keptSounds.value = new Set();
  recordings.value = [];
  const caches = { open: async () => store, delete: async (name: string) => name === RECORDINGS && ((store = new Store()), true) };
  const fetch = async (path: string): Promise<Response> => {
    if (path !== "/api/recordings") return answer();
    return Response.json({ recordings: listed });
  };
  Object.assign(globalThis, { caches, fetch });
  await wipe();
});

test("only recordings of exactly these words are offered", () => {
  recordings.value = [one(), one({ id: "b", version: 2 }), one({ id: "c", exercise: "other" }), one({ id: "d", locale: "it" })];

  assert.deepEqual(recordingsOf({ id: "calm-place", version: 1 }).map(({ id }) => id), ["a"]);
  assert.deepEqual(recordingsOf({ id: "calm-place", version: 3 }), []);
});

test("a step with other words is not read by its recording, nor by one of the whole exercise", () => {
  recordings.value = [one(), one({ id: "b", step: "sit" }), one({ id: "c", step: "look" })];
  const heard = (tailored?: string[]) => soundsFor({ id: "calm-place", version: 1, ...(tailored && { tailored }) }).map(({ id }) => id);

  assert.deepEqual([heard(), heard(["sit"])], [["a", "b", "c"], ["c"]]);
});

test("a sound that was fetched is here, and what lies on the phone is sealed", async () => {
  await fetchSounds([one()]);

  assert.equal(await (await soundOf(one()))?.text(), "the voice of Teresa");
  const lying = await [...store.held.values()][0]?.clone().text();
  assert.ok(lying !== undefined && !lying.includes("Teresa"));
  assert.deepEqual([...keptSounds.value], ["a"]);
});

for (const [name, bad] of Object.entries({
  "a page instead": () => new Response("<html>", { headers: { "Content-Type": "text/html" } }),
  "half of it": () => new Response(SOUND.slice(5), { headers: { "Content-Type": "audio/wav" } }),
  "an error": () => new Response(SOUND, { status: 404, headers: { "Content-Type": "audio/wav" } }),
})) {
  test(`${name} is not kept as the sound`, async () => {
    answer = bad;
    await fetchSounds([one()]);

    assert.equal(store.held.size, 0);
    assert.equal(await soundOf(one()), undefined);
  });
}

test("after signing out no sound is left, and none would open", async () => {
  await fetchSounds([one()]);
  const sealed = store.held.get("/kept/a")?.clone() as Response;
  await wipe();
  assert.equal(store.held.size, 0);

  await store.put("/kept/a", sealed);

  assert.equal(await soundOf(one()), undefined);
});

test("a sound that is listed no longer goes", async () => {
  await fetchSounds([one(), one({ id: "b" })]);
  listed = [one({ id: "b" })];

  await refreshRecordings();

  assert.deepEqual([...store.held.keys()], ["/kept/b"]);
  assert.deepEqual([...keptSounds.value], ["b"]);
});
