// Writes src/generated/words.ts: which parameters each sentence names, so that tsc checks every t(). And checks that no
// key is used twice and that every plural has an "other".
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "src");
type Value = string | Record<string, string>;

/** Writes the file when it would change. Throws an Error whose message names the word at fault. */
export function writeWords(): void {
  const folder = join(root, "words", "en");
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const seen = new Map<string, string>();
  const lines = files.flatMap((file) =>
    Object.entries(JSON.parse(readFileSync(join(folder, file), "utf8")) as Record<string, Value>).map(([key, value]) => {
      const first = seen.get(key);
      if (first) throw new Error(`The word "${key}" is in ${first} and in ${file}: keep one.`);
      seen.set(key, file);
      return `  ${JSON.stringify(key)}: ${typeOf(key, value)};`;
    }),
  );
  const text = `// Written by build/words.ts.\nexport interface Params {\n${lines.sort().join("\n")}\n}\n`;
  const to = join(root, "generated", "words.ts");
  mkdirSync(join(root, "generated"), { recursive: true });
  if (read(to) !== text) writeFileSync(to, text);
}

function typeOf(key: string, value: Value): string {
  const forms = typeof value === "string" ? [value] : Object.values(value);
  if (typeof value !== "string" && value["other"] === undefined) throw new Error(`The plural "${key}" has no form "other".`);
  const names = new Set(forms.flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "")));
  if (typeof value !== "string") names.add("n");
  if (names.size === 0) return "[]";
  const fields = [...names].sort().map((name) => `${name}: ${name === "n" ? "number" : "string | number"}`);
  return `[params: { ${fields.join("; ")} }]`;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

if (process.argv[1] === import.meta.filename) writeWords();
