import { expect, it } from 'vitest';
import type { JobCard } from '../../../schema/api/ingest.ts';
import { card } from '../jobs/jobs.fixture.ts';
import { needingAttention } from './attention.ts';

const DAY = 86_400_000;
const now = 100 * DAY;
const job = (id: string, episode: string, age: number, over: Partial<JobCard>): JobCard => ({
  ...card,
  id: `job_${id}`,
  state: 'ready',
  episodeId: `ep_${episode}`,
  assetId: `ast_${id}`,
  titleId: 'ttl_1',
  titleName: 'Kaze',
  season: 1,
  episode: 1,
  fileName: 'a.mkv',
  bytes: 1,
  purpose: 'encode',
  readyAt: null,
  progress: 1,
  problem: null,
  detail: null,
  published: false,
  createdAt: now - age,
  finishedAt: now - age,
  ...over,
});
const ids = (...lists: JobCard[][]) => needingAttention(lists, now).map(({ id }) => id);

it('names what failed lately and what waits to be published, newest first', () => {
  const failed = job('1', 'a', 2 * DAY, { state: 'failed' });
  const ready = job('2', 'b', DAY, {});
  expect(ids([ready, failed], [failed])).toEqual(['job_2', 'job_1']);
});

it('leaves out what is published, runs, was cancelled, or failed long ago', () => {
  const others = [
    job('1', 'a', DAY, { published: true }),
    job('2', 'b', DAY, { state: 'encoding', finishedAt: null }),
    job('3', 'c', DAY, { state: 'cancelled' }),
    job('4', 'd', 8 * DAY, { state: 'failed' }),
  ];
  expect(ids(others)).toEqual([]);
});

it('a newer upload takes the place of an older one, whichever list names it', () => {
  const failed = job('1', 'a', 2 * DAY, { state: 'failed' });
  expect(ids([job('2', 'a', DAY, { state: 'encoding' })], [failed])).toEqual([]);
  expect(ids([failed], [job('2', 'a', DAY, { published: true })])).toEqual([]);
});
