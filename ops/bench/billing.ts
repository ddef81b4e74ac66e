import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { bounded, type Figure } from './figure.ts';

const run = promisify(execFile);
const Count = v.object({ name: v.string(), value: v.number(), unit: v.string(), atMost: v.number() });

/** How fast money becomes entitlement, and what a storm of events ends in: in workerd, with Stripe's double (edge/billing/billing.bench.ts). */
export async function billing(): Promise<Figure[]> {
  const { stdout } = await run('vitest', ['run', '--config', 'ops/bench/vitest.config.ts', 'edge/billing'], {
    maxBuffer: 2 ** 26,
  });
  const lines = stdout.split('\n').filter((line) => line.startsWith('FIGURE '));
  if (lines.length === 0) throw new Error(`the billing bench printed no figure:\n${stdout}`);
  return lines.map((line) => {
    const { atMost, ...of } = v.parse(Count, JSON.parse(line.slice('FIGURE '.length)));
    return bounded(of, atMost);
  });
}
