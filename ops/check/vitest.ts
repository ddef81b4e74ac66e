import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { run } from '../local/run.ts';
import { failed, type Outcome } from './outcome.ts';

const Report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  numFailedTestSuites: v.number(),
});

/**
 * Counts of one vitest run. A file that could not be loaded has no tests to fail, and an unhandled error belongs to none:
 * either still counts as a failure.
 */
export function outcomeOf(
  report: v.InferOutput<typeof Report>,
  exitCode: number | null,
): Omit<Outcome, 'output'> {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
  const failures = numFailedTests || (exitCode === 0 ? 0 : Math.max(1, report.numFailedTestSuites));
  return { passed: numPassedTests, failed: failures, skipped: numPendingTests + numTodoTests };
}

/** Runs vitest and counts. */
export async function vitest(root: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'engawa-check-'));
  const file = join(folder, 'report.json');
  try {
    const { code, output } = await run(
      'vitest',
      ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      {
        cwd: root,
        env: { ...process.env, CI: '1', ...env },
      },
    );
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text === null) return failed(output);
    const outcome = outcomeOf(v.parse(Report, JSON.parse(text)), code);
    return outcome.failed ? { ...outcome, output } : outcome;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
