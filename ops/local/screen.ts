import type { WriteStream } from 'node:tty';

/** What the launcher says: one line per part, progress in place where there is a terminal. */
export type Screen = ReturnType<typeof makeScreen>;
export type Progress = (note: string) => void;

const NAME_WIDTH = 12;
const NOTE_WIDTH = 52;
/** Without a terminal, progress is a line now and then. */
const QUIET_MS = 10_000;

const colour = (code: number, text: string) => `\u001B[${code}m${text}\u001B[39m`;

/** `✓ Store        S3-compatible, data in .engawa/store             0.1 s` */
export const line = (mark: string, name: string, note: string, seconds?: number): string =>
  `  ${mark} ${name.padEnd(NAME_WIDTH)} ${note.padEnd(seconds === undefined ? 0 : NOTE_WIDTH)}${seconds === undefined ? '' : ` ${seconds.toFixed(1).padStart(6)} s`}`.trimEnd();

export const clip = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;

export function makeScreen(out: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>, now: () => number) {
  const live = out.isTTY && !process.env['NO_COLOR'];
  const green = (text: string) => (live ? colour(32, text) : text);
  const red = (text: string) => (live ? colour(31, text) : text);
  const write = (text: string) => void out.write(`${live ? '\r\u001B[K' : ''}${text}\n`);

  return {
    say: write,
    /** Something went wrong after all was up. */
    problem: (text: string) => write(`  ${red('!')} ${text}`),
    /** Runs one part's start and says how it went. */
    async part<T>(
      name: string,
      start: (progress: Progress) => Promise<{ note: string; value: T }>,
    ): Promise<T> {
      const began = now();
      let last = began;
      const progress: Progress = (note) => {
        if (live) out.write(`\r\u001B[K${clip(line('…', name, note), (out.columns ?? 80) - 1)}`);
        else if (now() - last >= QUIET_MS) {
          last = now();
          write(line('…', name, note));
        }
      };
      progress('');
      try {
        const { note, value } = await start(progress);
        write(line(green('✓'), name, note, (now() - began) / 1000));
        return value;
      } catch (error) {
        write(line(red('✗'), name, 'stopped'));
        throw error;
      }
    },
  };
}
