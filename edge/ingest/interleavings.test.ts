import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { jobs, tasks } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import { isOver, KEPT_MS } from '../../schema/jobs/state.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import { asEditor, uploaded, World } from './ingest.fixture.ts';
import { encodeKinds } from './next-tasks.ts';
import { onlyLegalMoves, watchMoves } from './moves.fixture.ts';

beforeAll(watchMoves);
afterAll(onlyLegalMoves);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** What can happen next, and how often; `pick` chooses among the messages or claims there are, old ones included. */
const often = <T>(weight: number, value: T) => ({ weight, arbitrary: fc.constant(value) });
const step = fc.record({
  what: fc.oneof(
    often(8, 'deliver' as const),
    often(1, 'deliver again' as const),
    often(1, 'lose a message' as const),
    often(2, 'heartbeat' as const),
    often(5, 'complete' as const),
    often(5, 'complete twice at once' as const),
    often(2, 'fail' as const),
    often(1, 'release' as const),
    often(2, 'retry the task' as const),
    often(1, 'retry the job' as const),
    often(2, 'time' as const),
    often(1, 'long time' as const),
    often(2, 'sweep' as const),
    often(1, 'busy' as const),
    often(1, 'down' as const),
    often(4, 'free' as const),
  ),
  pick: fc.nat(1_000),
});
/** Whether the probe only looks, and the head of its look stands: then survey and head are under way together. */
const ways = fc.record({
  look: fc.oneof(often(1, 'exact' as const), often(3, 'quick' as const)),
  headStands: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The outside world at its worst: everything that was ever sent or claimed may come again. */
class Chaos {
  private readonly world: World;
  private readonly claims: TaskMessage[] = [];
  private readonly delivered: unknown[] = [];
  constructor(world: World) {
    this.world = world;
  }

  async do({ what, pick }: Step): Promise<void> {
    const { world } = this;
    this.claims.push(...world.taken.splice(0));
    const claim = this.claims[pick % Math.max(1, this.claims.length)];
    switch (what) {
      case 'deliver': {
        const [message] = world.queue.splice(pick % Math.max(1, world.queue.length), 1);
        if (!message) return;
        this.delivered.push(message);
        const { retryMessages } = await world.deliver(message);
        if (retryMessages.length > 0) world.queue.push(message);
        return;
      }
      case 'deliver again':
        if (this.delivered.length > 0) await world.deliver(this.delivered[pick % this.delivered.length]);
        return;
      case 'lose a message':
        world.queue.splice(pick % Math.max(1, world.queue.length), 1);
        return;
      case 'time':
        return world.pass(7);
      case 'long time':
        return world.pass(60);
      case 'sweep':
        return world.sweep();
      case 'busy':
      case 'down':
      case 'free':
        world.transcoder = what;
        return;
      case 'complete twice at once':
        if (claim) await Promise.all([world.work(claim), world.work(claim)]);
        return;
      case 'complete':
        if (claim) await world.work(claim);
        return;
      case 'heartbeat':
        if (claim) await world.say(claim, 'heartbeat', { progress: 0.5 });
        return;
      case 'release':
        if (claim) await world.say(claim, 'release');
        return;
      case 'retry the task':
        if (claim) await asEditor('POST', `/api/admin/tasks/${claim.taskId}/retry`);
        return;
      case 'retry the job':
        if (claim) await asEditor('POST', `/api/admin/jobs/${claim.jobId}/retry`);
        return;
      case 'fail':
        if (claim)
          await world.say(claim, 'fail', { problem: 'storage-failed', detail: 'chaos', retryable: true });
    }
  }

  /** From here on all goes well: every message comes, every task is done. */
  async calm(jobId: string): Promise<void> {
    const { world } = this;
    world.transcoder = 'free';
    for (let i = 0; i < 30 && !isOver((await world.job(jobId)).state); i++) {
      world.pass(60);
      await world.sweep();
      await world.finish();
    }
    world.pass(60);
    await world.sweep();
  }
}

/** The barrier counts exactly the encode tasks that are not done, and nothing is packaged before there are none. */
async function barrierHolds({ platform: { db } }: World, jobId: Id<'job'>): Promise<void> {
  const [job] = await db.select().from(jobs).where(eq(jobs.id, jobId));
  const rows = await db.select().from(tasks).where(eq(tasks.jobId, jobId));
  const encodes = rows.filter(
    ({ kind }) => kind !== 'probe' && kind !== 'survey' && kind !== 'package' && kind !== 'markers',
  );
  const left = encodes.filter(({ state }) => state !== 'done').length;
  // Before the survey there is no barrier: the head alone counts nothing.
  expect(job?.remaining).toBe(job?.plan?.exact ? left : 0);
  const packages = rows.filter(({ kind }) => kind === 'package').length;
  expect(packages).toBe(job?.plan?.exact && left === 0 ? 1 : 0);
}

/** The two ways it may end. Five setbacks of one task are a failed job by right. */
const ends = {
  ready: { packages: 1, encodes: 6, notDone: 0, problem: null, published: true, stored: true, files: true },
  failed: { problem: 'attempts-exhausted', published: false, stored: false, files: false },
};

it('ends in a finished job with one package task, whatever happens in whatever order', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const seen: string[] = [];
  await fc.assert(
    fc.asyncProperty(
      ways,
      fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }),
      async (how, steps) => {
        const world = await World.make();
        world.ways = how;
        const { jobId, assetId } = await uploaded(world, { publishWhenReady: true });
        const chaos = new Chaos(world);
        for (const next of steps) {
          await chaos.do(next);
          await barrierHolds(world, jobId);
        }
        await chaos.calm(jobId);

        const { state, problem, published } = await world.job(jobId);
        seen.push(state);
        world.pass(KEPT_MS / 1000 + 60); // a failed job keeps what it finished, and not for ever
        await world.sweep();
        const rows = await world.platform.db.select().from(tasks).where(eq(tasks.jobId, jobId));
        expect(rows.filter((row) => row.state !== 'done' && row.state !== 'failed')).toEqual([]);
        expect({
          packages: rows.filter(({ kind }) => kind === 'package').length,
          encodes: rows.filter(({ kind }) => encodeKinds.some((one) => one === kind)).length,
          notDone: rows.filter((row) => row.state !== 'done').length,
          problem,
          published,
          stored: (await env.BUCKET.head(`packages/${assetId}/1.json`)) !== null,
          files: world.store.under('hls/').length > 0,
        }).toMatchObject(ends[state as keyof typeof ends]);
      },
    ),
    { numRuns: 14, endOnFailure: true },
  );
  expect(seen).toContain('ready');
}, 120_000);
