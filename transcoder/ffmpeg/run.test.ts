import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { options } from '../plan/options.ts';
import { failureOf } from '../tasks/perform.ts';
import { FfmpegFailure, runFfmpeg, type FfmpegSettings } from './run.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'engawa-run-'));
});
afterAll(() => rm(cwd, { recursive: true }));

/** A program that would never end by itself. */
const run = (limits: Partial<FfmpegSettings>) =>
  runFfmpeg(
    {
      inputs: [{ url: 'testsrc2=size=1280x720', args: options({ f: 'lavfi' }) }],
      outputs: [{ target: '-', args: options({ f: 'null' }) }],
    },
    { cpuSeconds: 3600, wallSeconds: 3600, ...limits },
    { cwd, signal: new AbortController().signal },
  ).catch((error: unknown) => error);

describe('an FFmpeg that does not end', () => {
  it('is ended after so much CPU time, and not tried again: it would take as much', async () => {
    const error = await run({ cpuSeconds: 1 });
    expect(error).toBeInstanceOf(FfmpegFailure);
    expect(failureOf(error)).toMatchObject({
      problem: 'encode-failed',
      retryable: false,
      detail: 'FFmpeg used more than 1 s of CPU time (CPU_LIMIT_SECONDS of the transcoder)',
    });
  });

  it('is ended after so long by the clock, and tried again: the store may have been slow', async () => {
    expect(failureOf(await run({ wallSeconds: 1 }))).toMatchObject({
      retryable: true,
      detail: 'FFmpeg was stopped after 1 s (WALL_LIMIT_SECONDS of the transcoder)',
    });
  });
});
