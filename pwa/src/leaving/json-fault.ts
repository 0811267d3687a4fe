// Where a text stops being JSON. Browsers say it each in their own way, or not at all. Pure.

const TOKEN = /[\s]*(?:("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])|([{}[\],:]))/y;

type Expected = "value" | "value or ]" | "name" | "name or }" | ":" | ", or end";

/** Line and column, counted from 1, of the first letter that does not fit; the end of the text when it only breaks off. */
export function faultIn(text: string): { line: number; column: number } {
  const open: string[] = [];
  let [at, expected]: [number, Expected] = [0, "value"];
  for (;;) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    const next: Expected | null = found && after(expected, found, open);
    if (!found || !next) return place(text, at + (/^\s*/.exec(text.slice(at, at + 1_000))?.[0].length ?? 0));
    [at, expected] = [TOKEN.lastIndex, next];
  }
}

/** What may follow a token, or null when the token may not stand there. `open` are the brackets it stands in. */
function after(expected: Expected, [, string, plain, mark]: RegExpExecArray, open: string[]): Expected | null {
  if (expected === ":") return mark === ":" ? "value" : null;
  if (expected === "name" || expected === "name or }") return string !== undefined ? ":" : expected === "name or }" && mark === "}" ? closed(open) : null;
  if (expected === ", or end") {
    if (mark === "," && open.length > 0) return open.at(-1) === "{" ? "name" : "value";
    return (mark === "}" && open.at(-1) === "{") || (mark === "]" && open.at(-1) === "[") ? closed(open) : null;
  }
  if (mark === "]" && expected === "value or ]") return closed(open);
  if (string !== undefined || plain !== undefined) return ", or end";
  if (mark !== "{" && mark !== "[") return null;
  open.push(mark);
  return mark === "{" ? "name or }" : "value or ]";
}

function closed(open: string[]): Expected {
  open.pop();
  return ", or end";
}

function place(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
}
