import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parsed, UsageError } from './local/arguments.ts';
import { tell } from './local/command.ts';
import { clip, line } from './local/screen.ts';
import { counts, failed, sum, summary, type Outcome } from './check/outcome.ts';
import { steps, type Step } from './check/steps.ts';

// `npm test` and `npm run check`: everything that must hold, the same for a person and for CI. A step that fails hides no other.
const root = fileURLToPath(new URL('..', import.meta.url));
const help = `Checks everything: types, lint, format, generated files, sizes, and every test.

  npm test                        all of it
  npm test -- --only edge,types   some of it: ${steps.map(({ name }) => name).join(', ')}`;

await tell(async () => {
  const { values } = parsed(() =>
    parseArgs({
      options: { only: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } },
    }),
  );
  if (values.help) return console.log(help);
  const only = (values.only ?? []).flatMap((names) => names.split(','));
  const unknown = only.find((name) => !steps.some((step) => step.name === name));
  if (unknown)
    throw new UsageError(
      `There is no step ${unknown}; there are ${steps.map(({ name }) => name).join(', ')}.`,
    );
  if (!existsSync(join(root, 'node_modules')))
    throw new UsageError('Run it as npm test: that installs what is missing first.');

  const outcomes: Outcome[] = [];
  const wanted = steps.filter(({ name, always }) => only.length === 0 || only.includes(name) || always);
  while (wanted.length > 0) {
    const beside = wanted.findIndex((step, place) => place > 0 && !step.beside);
    const now = wanted.splice(0, beside === -1 ? wanted.length : beside);
    outcomes.push(...(await Promise.all(now.map(take))));
  }
  const total = sum(outcomes);
  console.log(`\n${summary(total)}`);
  if (total.failed) process.exitCode = 1;
});

/** Runs a step, and says how it came out. */
async function take(step: Step): Promise<Outcome> {
  const began = performance.now();
  const live = process.stdout.isTTY;
  const show = (note: string) =>
    live &&
    process.stdout.write(`\r\u001B[K${clip(line('…', step.name, note), (process.stdout.columns ?? 80) - 1)}`);
  show('');
  const notes: string[] = [];
  const outcome = await step
    .run({ root, progress: show, say: (note) => void notes.push(note) })
    .catch((error: unknown) =>
      failed(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  const mark = outcome.failed ? '✗' : outcome.skipped && !outcome.passed ? '-' : '✓';
  const text = [counts(outcome), ...notes].join('; ');
  console.log(
    `${live ? '\r\u001B[K' : ''}${line(mark, step.name, text, (performance.now() - began) / 1000)}`,
  );
  if (outcome.output) console.log(`\n${outcome.output.trimEnd().replaceAll(/^/gm, '    ')}\n`);
  return outcome;
}
