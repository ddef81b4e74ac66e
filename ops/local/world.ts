import { join } from 'node:path';
import * as v from 'valibot';
import { startChild } from './child.ts';
import { SeedLine } from './seed-line.ts';
import { Sentence } from './sentence.ts';

export type WorldOptions = {
  root: string;
  data: string;
  origin: string;
  onProgress: (note: string) => void;
  onProblem: (text: string) => void;
};

const Line = v.pipe(v.string(), v.parseJson(), SeedLine);

/** Fills an empty system with the demo world. `catalogue` resolves when the site can be looked at; films follow. */
export function startWorld({ root, data, origin, onProgress, onProblem }: WorldOptions) {
  const log = join(data, 'demo.log');
  let tell: (line: Extract<SeedLine, { kind: 'catalogue' }>) => void;
  let standing = false;
  const told = new Promise<Extract<SeedLine, { kind: 'catalogue' }>>((resolve) => (tell = resolve));
  let reason = `it ended early; its words are in ${log}`;
  const child = startChild({
    command: process.execPath,
    // Drawn once for all data folders, and kept when one is reset.
    args: [join(root, 'ops/local/seed.ts'), origin, join(root, 'node_modules/.cache/engawa-demo')],
    cwd: root,
    env: process.env,
    log,
    onLine: (text) => {
      const line = v.safeParse(Line, text);
      if (!line.success) return;
      if (line.output.kind === 'progress') onProgress(line.output.note);
      else if (line.output.kind === 'catalogue') {
        standing = true;
        tell(line.output);
      } else if (line.output.kind === 'failed') reason = line.output.words;
    },
  });
  let stopping = false;
  const ended = child.ended.then((code) => {
    if (standing && code !== 0 && !stopping) onProblem(`Demo world: ${reason}`);
    if (!standing) throw new Sentence(`The demo world could not be made: ${reason}`);
    return new Promise<never>(() => {}); // `told` has settled the race
  });
  ended.catch(() => undefined);
  return {
    catalogue: Promise.race([told, ended]),
    stop: async () => {
      stopping = true;
      await child.stop(1_000);
    },
  };
}
