import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** After the last change, ms: a burst of requests is one write. */
const SOON_MS = 200;

export type Kept = {
  /** What stood in the file when it was opened; undefined: nothing yet. */
  before: string | undefined;
  /** Something may have changed: then it is written soon. */
  changed(): void;
  /** Writes what is not written yet. */
  close(): void;
};

/** A state that outlives its process, in a file that is never half written. It holds keys: only its owner may read it. */
export function keptIn(file: string, state: () => string): Kept {
  let timer: NodeJS.Timeout | undefined;
  const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  let written = before;
  const write = () => {
    timer = undefined;
    const now = state();
    if (now === written) return;
    writeFileSync(`${file}.new`, now, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    written = now;
  };
  return {
    before,
    changed: () => {
      timer ??= setTimeout(write, SOON_MS);
    },
    close: () => {
      if (!timer) return;
      clearTimeout(timer);
      write();
    },
  };
}
