import { join } from 'node:path';
import { ApiProblem } from '../api.ts';
import { DEFAULT_PORT, UsageError } from './arguments.ts';
import { running } from './lock.ts';
import { Sentence } from './sentence.ts';

/** Where the platform is: as said, as ENGAWA_ORIGIN says, where the one on this machine runs, or where it usually does. */
export const originOf = (root: string, said: string | undefined): string =>
  said ??
  process.env['ENGAWA_ORIGIN'] ??
  running(join(root, '.engawa'))?.origin ??
  `http://localhost:${DEFAULT_PORT}`;

/** What an error is to the person at the terminal, and the exit code that goes with it. */
export function told(error: unknown): { words: string; code: number } {
  if (error instanceof UsageError) return { words: error.message, code: 2 };
  if (error instanceof ApiProblem) {
    const { title, detail, errors = [] } = error.problem;
    const fields = errors.map((field) => `\n  ${field.pointer}: ${field.detail}`).join('');
    return { words: `${title}.${detail && !fields ? ` ${detail}` : ''}${fields}`, code: 1 };
  }
  if (error instanceof Sentence) return { words: error.message, code: 1 };
  // fetch reports a connection that can't be made as a TypeError with the reason as its cause.
  const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
  if (error instanceof TypeError && code)
    return {
      words: `The platform does not answer (${code}): start it with npm start, or name its address with --origin.`,
      code: 1,
    };
  return { words: error instanceof Error ? (error.stack ?? error.message) : String(error), code: 1 };
}

/** Runs a command; what goes wrong is said in words on standard error. */
export async function tell(command: () => Promise<unknown>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const { words, code } = told(error);
    console.error(words);
    process.exitCode = code;
  }
}
