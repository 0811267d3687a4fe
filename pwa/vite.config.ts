import { defineConfig } from "vite";
import { offline, TARGET } from "./build/precache.ts";
import { numbersChecked } from "./build/numbers.ts";
import { writeWords } from "./build/words.ts";

export default defineConfig({
  appType: "spa",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  plugins: [{ name: "midweek-words", buildStart: writeWords }, numbersChecked(), offline({ whole: 60 * 1024, js: 45 * 1024 })],
  build: {
    target: TARGET,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { host: "127.0.0.1", proxy: { "/api": "http://127.0.0.1:8000" } },
});
