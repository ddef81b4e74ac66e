import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { bounded, type Figure } from './figure.ts';

const run = promisify(execFile);
const Count = v.object({ name: v.string(), value: v.number(), unit: v.string(), atMost: v.number() });

/** What one play costs, counted in workerd by wrapping the bindings (play.workerd.ts); counts have no noise, so one run is enough. */
export async function play(): Promise<Figure[]> {
  const { stdout } = await run('vitest', ['run', '--config', 'ops/bench/vitest.config.ts', 'edge/playback'], {
    maxBuffer: 2 ** 24,
  });
  const lines = stdout.split('\n').filter((line) => line.startsWith('FIGURE '));
  if (lines.length === 0) throw new Error(`the play bench printed no figure:\n${stdout}`);
  return lines.map((line) => {
    const { atMost, ...of } = v.parse(Count, JSON.parse(line.slice('FIGURE '.length)));
    return bounded(of, atMost);
  });
}
