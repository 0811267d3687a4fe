// The two files of an exercise, as somebody picked them. Pure but for reading them.
import type { Files } from "./types.ts";

/** Larger than any exercise. */
const MOST = 200_000;

interface Readable {
  name: string;
  size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Throws a RangeError when it is not these two files, a TypeError when one is not in UTF-8. */
export async function filesIn(files: readonly Readable[]): Promise<Files> {
  const named = (name: string): Readable => {
    const found = files.filter((file) => file.name === name && file.size <= MOST);
    if (found.length !== 1 || found[0] === undefined) throw new RangeError(name);
    return found[0];
  };
  const [structure, words] = [named("exercise.toml"), named("en.md")];
  const reader = new TextDecoder("utf-8", { fatal: true });
  return { structure: reader.decode(await structure.arrayBuffer()), words: reader.decode(await words.arrayBuffer()) };
}
