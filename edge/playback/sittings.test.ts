import { env } from 'cloudflare:workers';
import { expect, it, vi } from 'vitest';
import { database } from '../platform/db.ts';
import { newId } from '../platform/clock.ts';
import type { Stream } from './leases.ts';
import { writeSittings } from './sittings.ts';

const sitting = (): Stream => ({
  sessionId: newId('playback'),
  userId: newId('user'),
  signInId: null,
  seat: null,
  profileId: newId('profile'),
  episodeId: newId('episode'),
  assetId: newId('asset'),
  titleId: newId('title'),
  licenceId: newId('licence'),
  country: null,
  planId: null,
  title: 'An episode that is gone',
  device: 'A browser',
  duration: 60,
  periodSeconds: 60,
  limit: 1,
  startedAt: 0,
  until: 1,
  seenAt: 0,
  leasedUntil: 1,
  ended: null,
  given: [0],
  heard: { number: 1, position: 30, at: 0 },
  unwrittenSince: 0,
});

it('writes what gathered while D1 was away in batches that D1 can hold', async () => {
  const db = database(env.DB);
  const batch = vi.spyOn(db, 'batch');
  await writeSittings(
    db,
    Array.from({ length: 120 }, () => sitting()),
  );
  expect(batch.mock.calls.map(([statements]) => statements.length)).toEqual([75, 75, 75, 75, 60]);
  await writeSittings(db, []);
  expect(batch).toHaveBeenCalledTimes(5);
});
