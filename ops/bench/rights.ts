import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { atLeast, type Figure } from './figure.ts';

const run = promisify(execFile);
const Rate = v.object({ name: v.string(), value: v.number(), unit: v.string(), atLeast: v.number() });

/** How fast the one rule of rights is, timed in workerd (edge/rights/decide.bench.ts). */
export async function rights(): Promise<Figure[]> {
  const config = ['--config', 'ops/bench/vitest.config.ts'];
  const { stdout } = await run('vitest', ['run', ...config, 'edge/rights'], { maxBuffer: 2 ** 24 });
  const lines = stdout.split('\n').filter((line) => line.startsWith('FIGURE '));
  if (lines.length === 0) throw new Error(`the rights bench printed no figure:\n${stdout}`);
  return lines.map((line) => {
    const { atLeast: least, ...of } = v.parse(Rate, JSON.parse(line.slice('FIGURE '.length)));
    return atLeast(of, least);
  });
}
