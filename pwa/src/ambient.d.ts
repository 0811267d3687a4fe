// What the build writes before tsc sees it (npm run check does too): until then these stand in.
declare module "*/generated/shell.json" {
  const shell: { exercises: unknown[] };
  export default shell;
}
declare module "*/generated/words.ts" {
  export interface Params {}
}
