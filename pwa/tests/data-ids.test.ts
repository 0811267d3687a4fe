import assert from "node:assert/strict";
import { test } from "node:test";
import { derivedId, newId } from "../src/data/ids.ts";

test("a new id is a UUIDv7 of its moment", () => {
  const id = newId(0x0123456789ab);
  assert.match(id, /^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("ids made later sort later", () => {
  assert.ok(newId(1_000) < newId(1_001));
});

test("a derived id is the UUIDv5 every device and the server make", async () => {
  const dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  assert.equal(await derivedId(dns, "python.org"), "886313e1-3b8a-5372-9b90-0c9aee199e5d");
});
