import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { tasks } from '../../schema/db/media.ts';
import type { Id } from '../../schema/ids.ts';
import { LEASE_MS } from '../../schema/jobs/state.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import { uploaded, World } from './ingest.fixture.ts';
import { onlyLegalMoves, watchMoves } from './moves.fixture.ts';

export const LEASE_S = LEASE_MS / 1000;

/** A world of its own for each test of a file, given to `take`; that no job or task makes an illegal move is checked at the end. */
export function eachInItsWorld(take: (world: World) => void): void {
  beforeAll(watchMoves);
  afterAll(onlyLegalMoves);
  beforeEach(async () => {
    take(await World.make());
    vi.spyOn(console, 'error').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
}

export const ofKind = (messages: TaskMessage[], kind: TaskMessage['kind']): TaskMessage[] =>
  messages.filter((message) => message.kind === kind);

export const packageTasks = (world: World, jobId: string) =>
  world.platform.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.jobId, jobId as Id<'job'>), eq(tasks.kind, 'package')));

export const code = async (answer: Response): Promise<string> => (await answer.json<{ code: string }>()).code;

/** An uploaded source whose encode tasks the transcoder holds. */
export async function encoding(world: World, more: Parameters<typeof uploaded>[1] = {}) {
  const upload = await uploaded(world, more);
  const [probe] = await world.take();
  await world.work(probe!);
  return { upload, probe: probe!, held: await world.take() };
}

/** Episodes of a title that its page counts as playable. */
export async function playable(world: World, episodeId: string): Promise<number> {
  const [row] = await world.platform.db
    .select({ count: titles.playableEpisodes })
    .from(titles)
    .innerJoin(episodes, eq(episodes.titleId, titles.id))
    .where(eq(episodes.id, episodeId as Id<'episode'>));
  return row!.count;
}
