import type { WriteStream } from 'node:tty';
import { clip } from '../screen.ts';

/** Lines that change: redrawn in place on a terminal; elsewhere each is written when its words (not its bar) change. */
export function changingLines(out: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>) {
  let shown = 0;
  const said = new Map<string, string>();
  const plain = (line: string) => line.replaceAll(/[█░]+ +\d+ %/g, '').replaceAll(/\d[\d.]*/g, '');
  return {
    show(lines: string[]) {
      if (!out.isTTY) {
        for (const line of lines) {
          const name = line.split(/[█░]/)[0]!;
          if (said.get(name) === plain(line)) continue;
          said.set(name, plain(line));
          out.write(`${line}\n`);
        }
        return;
      }
      const up = shown ? `\u001B[${shown}A` : '';
      out.write(`${up}${lines.map((line) => `\u001B[2K${clip(line, (out.columns ?? 80) - 1)}\n`).join('')}`);
      shown = lines.length;
    },
    /** What was shown stays; the next lines stand below. */
    keep() {
      shown = 0;
      said.clear();
    },
  };
}
