import { beforeAll } from 'vitest';
import * as v from 'valibot';
import { LiveStreams } from '../schema/api/playback.ts';
import { ask } from '../ops/api.ts';
import { viewer } from './system.ts';

// Journeys share one viewer, whose plan has two places. A player that was killed, or that said no goodbye, holds its own
// for 150 s: each file of journeys begins with both.
beforeAll(async () => {
  const { items } = await ask(viewer, 'GET', '/api/me/streams', LiveStreams);
  for (const { sessionId } of items) await ask(viewer, 'DELETE', `/api/me/streams/${sessionId}`, v.null());
});
