// The two files of an exercise, as somebody picked them. Pure but for reading them.
import type { Files } from "./types.ts";

/** Letters, the most there can be of each. */
const MOST = { "exercise.toml": 60_000, "en.md": 40_000 } as const;
type Name = keyof typeof MOST;

interface Readable {
  name: string;
  size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Why files can't be taken: which one, and where in it. */
export class NotTaken extends Error {
  readonly why: "names" | "missing" | "large" | "encoding" | "nul" | "unread";
  readonly file: string;
  readonly line: number;
  readonly most: number;

  constructor(why: NotTaken["why"], file: string, { line = 0, most = 0 } = {}) {
    super(why);
    [this.why, this.file, this.line, this.most] = [why, file, line, most];
  }
}

/** Throws NotTaken when they are not these two files, or not texts. */
export async function filesIn(files: readonly Readable[]): Promise<Files> {
  const there = files.filter(({ name }) => name in MOST);
  if (there.length === 0) throw new NotTaken("names", files[0]?.name ?? "");
  const [structure, words] = [named(there, "exercise.toml"), named(there, "en.md")];
  return { structure: await textOf(structure, "exercise.toml"), words: await textOf(words, "en.md") };
}

function named(files: readonly Readable[], name: Name): Readable {
  const [found, ...more] = files.filter((file) => file.name === name);
  if (found === undefined) throw new NotTaken("missing", name);
  if (more.length > 0) throw new NotTaken("names", name);
  return found;
}

async function textOf(file: Readable, name: Name): Promise<string> {
  const tooLong = new NotTaken("large", name, { most: MOST[name] });
  if (file.size > 4 * MOST[name]) throw tooLong;
  const text = decoded(await bytesOf(file, name), name);
  if ([...text].length > MOST[name]) throw tooLong;
  if (text.includes("\0")) throw new NotTaken("nul", name, { line: text.slice(0, text.indexOf("\0")).split("\n").length });
  return text;
}

async function bytesOf(file: Readable, name: Name): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new NotTaken("unread", name);
  }
}

function decoded(bytes: Uint8Array, name: Name): string {
  const reader = new TextDecoder("utf-8", { fatal: true });
  try {
    return reader.decode(bytes);
  } catch {
    throw new NotTaken("encoding", name, { line: badLine(bytes) });
  }
}

/** The first line that is no UTF-8. No letter of it has a line break inside. */
function badLine(bytes: Uint8Array): number {
  let [line, from] = [1, 0];
  for (let to = bytes.indexOf(10); to !== -1; to = bytes.indexOf(10, from)) {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    [line, from] = [line + 1, to + 1];
  }
  return line;
}
