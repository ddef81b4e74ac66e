/**
 * `vite build` writes Vite's manifest as a module too, so that the Worker carries it and a page costs no look-up. Build before anything that runs server.tsx; `tsc` needs only this declaration.
 */
declare module '*/dist/.vite/assets.js' {
  type Chunk = { file: string; css?: string[]; imports?: string[] };
  const manifest: Record<string, Chunk | undefined>;
  export default manifest;
}
