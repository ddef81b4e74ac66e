import { describe, expect, it } from 'vitest';
import type { JobCard } from '../../../schema/api/ingest.ts';
import { card } from './jobs.fixture.ts';
import { changed } from './live-list.ts';

const job = (id: number, state: JobCard['state'], over: Partial<JobCard> = {}): JobCard => ({
  ...card,
  id: `job_${id}`,
  state,
  createdAt: id,
  ...over,
});
const ids = (cards: JobCard[]) => cards.map(({ id }) => id);

describe('a list after the feed named jobs of it', () => {
  const running = [job(3, 'encoding'), job(2, 'encoding'), job(1, 'probing')];
  const tab = { tab: 'running', q: '' } as const;

  it('shows each in its place as it is now', () => {
    const now = changed(running, [job(2, 'encoding', { progress: 0.9 })], tab, true);
    expect(ids(now)).toEqual(['job_3', 'job_2', 'job_1']);
    expect(now[1]!.progress).toBe(0.9);
  });
  it('loses what left the tab, and takes in what came to it', () => {
    expect(ids(changed(running, [job(2, 'ready')], tab, true))).toEqual(['job_3', 'job_1']);
    expect(ids(changed(running, [job(4, 'probing')], tab, true))).toEqual([
      'job_4',
      'job_3',
      'job_2',
      'job_1',
    ]);
    expect(ids(changed(running, [job(4, 'failed')], tab, true))).toEqual(ids(running));
  });
  it('the queue’s end is the newest; it is not here while there are more pages', () => {
    const queue = [job(1, 'queued'), job(2, 'queued')];
    const ask = { tab: 'queue', q: '' } as const;
    expect(ids(changed(queue, [job(3, 'queued')], ask, true))).toEqual(['job_1', 'job_2', 'job_3']);
    expect(ids(changed(queue, [job(3, 'queued')], ask, false))).toEqual(['job_1', 'job_2']);
  });
  it('what is searched for takes in nobody', () => {
    const ask = { tab: null, q: 'kaze' };
    expect(ids(changed(running, [job(9, 'encoding')], ask, true))).toEqual(ids(running));
  });
});
