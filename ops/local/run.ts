import { spawn } from 'node:child_process';
import { Sentence } from './sentence.ts';

export type RunOptions = {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  signal?: AbortSignal;
  /** What it reads; otherwise nothing. */
  input?: string;
  /** Told each line as it comes. */
  onLine?: (line: string) => void;
};
export type Ran = { code: number | null; output: string };

/** Runs a command to its end and gathers what it said, standard output and standard error together. */
export function run(
  command: string,
  args: string[],
  { onLine, input, ...options }: RunOptions = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    child.stdin.on('error', () => undefined); // it ended without reading
    child.stdin.end(input);
    let output = '';
    const gather = (chunk: Buffer) => {
      output += chunk.toString();
      const last = chunk.toString().trim().split('\n').at(-1);
      if (last) onLine?.(last);
    };
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Runs a command that has to succeed. @throws Sentence with the end of its output */
export async function must(
  what: string,
  command: string,
  args: string[],
  options?: RunOptions,
): Promise<string> {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Sentence(`${what} failed:\n${output.trim().split('\n').slice(-20).join('\n')}`);
  return output;
}
