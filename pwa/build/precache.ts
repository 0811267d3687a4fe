// After the page is built: the worker with its list of files, a .br and .gz beside each text file, and the sizes.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, type Plugin, type Rolldown } from "vite";

interface Sizes {
  first: string[];
  later: string[];
  therapist: string[];
}

/** Vite's plugin. `budget` is in bytes of brotli: of the whole first load, and of its JavaScript. */
export function offline(budget: { whole: number; js: number }): Plugin {
  let outDir = "dist";
  let sizes: Sizes | undefined;
  return {
    name: "midweek-offline",
    apply: "build",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    writeBundle(_options, bundle) {
      sizes = sorted(bundle);
    },
    async closeBundle() {
      if (!sizes) return; // the build failed; Vite says why
      const { therapist } = sizes;
      const files = listFiles(outDir);
      await buildWorker(outDir, files.filter((file) => kept(file, therapist)));
      compress(outDir);
      report(outDir, sizes, budget);
    },
  };
}

/** What the first screen loads, what comes later, and what only therapists load (online, so never stored). */
function sorted(bundle: Rolldown.OutputBundle): Sizes {
  const chunks = new Map(Object.values(bundle).flatMap((file) => (file.type === "chunk" ? [[file.fileName, file] as const] : [])));
  const isTheirDoor = (name: string): boolean => /\/screens\/therapist\//.test(chunks.get(name)?.facadeModuleId ?? "");
  const first = brought(chunks, ({ imports }) => imports);
  const ours = brought(chunks, ({ imports, dynamicImports }) => [...imports, ...dynamicImports.filter((name) => !isTheirDoor(name))]);
  const assets = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name));
  const later = assets.filter((name) => ours.has(name) && !first.has(name));
  return { first: [...first], later, therapist: assets.filter((name) => !ours.has(name)) };
}

/** The chunks that come with the page when each brings what `next` says, and their styles. */
function brought(chunks: Map<string, Rolldown.OutputChunk>, next: (chunk: Rolldown.OutputChunk) => string[]): Set<string> {
  const found = new Set<string>();
  const take = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const chunk = chunks.get(name);
    if (chunk !== undefined) for (const file of [...next(chunk), ...stylesOf(chunk)]) take(file);
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) take(chunk.fileName);
  return found;
}

function stylesOf(chunk: Rolldown.OutputChunk): string[] {
  const meta = chunk as { viteMetadata?: { importedCss?: Set<string> } };
  return [...(meta.viteMetadata?.importedCss ?? [])];
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/** Of the icons only those the app itself shows: the browser fetches the others when it installs. */
function kept(file: string, therapist: readonly string[]): boolean {
  if (file === "sw.js" || therapist.includes(file) || /icons\/(maskable|apple|icon-512)/.test(file)) return false;
  return /\.(html|js|css|svg|webmanifest|json|png|webp|mp3|woff2)$/.test(file);
}

/** The worker, and what it sends with when the app is closed (see sw/later.ts). */
async function buildWorker(outDir: string, files: readonly string[]): Promise<void> {
  const list = files.map((file) => ({ url: `/${file}`, revision: file.startsWith("assets/") ? null : hash(join(outDir, file)) }));
  const define = { PRECACHE: JSON.stringify(list), "process.env.NODE_ENV": '"production"' };
  await buildScript(outDir, "src/sw.ts", { format: "iife", entryFileNames: "sw.js" }, define);
  await buildScript(outDir, "src/sw/send.ts", { format: "iife", entryFileNames: "send.js", name: "midweekSend" }, define);
}

async function buildScript(outDir: string, input: string, output: Rolldown.OutputOptions, define: Record<string, string>): Promise<void> {
  await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define,
    build: {
      outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      target: TARGET,
      rolldownOptions: { input, output, preserveEntrySignatures: "strict" },
    },
  });
}

/** The oldest browsers that are served. */
export const TARGET = ["safari16.4", "chrome109", "firefox115"];

function hash(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
}

function compress(folder: string): void {
  for (const file of listFiles(folder).filter((name) => /\.(html|js|css|svg|webmanifest|json)$/.test(name))) {
    const path = join(folder, file);
    const text = readFileSync(path);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
    writeFileSync(`${path}.br`, brotliCompressSync(text, { params }));
    writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
  }
}

function report(outDir: string, { first, later, therapist }: Sizes, budget: { whole: number; js: number }): void {
  const weigh = (files: readonly string[]): number => files.reduce((sum, file) => sum + statSync(join(outDir, `${file}.br`)).size, 0);
  const kb = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
  const js = weigh(first.filter((file) => file.endsWith(".js")));
  const css = weigh(first.filter((file) => file.endsWith(".css")));
  const html = weigh(["index.html"]);
  const whole = js + css + html;
  console.log(`First load, brotli: ${kb(whole)} (JavaScript ${kb(js)}, CSS ${kb(css)}, HTML ${kb(html)}); worker ${kb(weigh(["sw.js"]))}, its sender ${kb(weigh(["send.js"]))}.`);
  console.log(`Later: client's other screens ${kb(weigh(later))}, therapist's part ${kb(weigh(therapist))}.`);
  if (whole > budget.whole || js > budget.js) {
    throw new Error(`The first load is over its budget of ${kb(budget.whole)} (JavaScript ${kb(budget.js)}): load something later.`);
  }
}
