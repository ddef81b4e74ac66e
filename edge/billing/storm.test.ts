import { expect, it } from 'vitest';
import { storm } from './storm.fixture.ts';

// The whole of it, 3,000 deliveries: npm run bench -- billing.
it('a storm of events, each three times and in any order, ends as the same events in order, once', async () => {
  const { events, deliveries, counted, refused, lost, wrong, twice } = await storm(300, 'storm');
  expect(deliveries).toBe(events * 3);
  expect(counted).toBeGreaterThanOrEqual(deliveries);
  expect({ refused, lost, wrong, twice }).toEqual({ refused: 0, lost: 0, wrong: [], twice: 0 });
}, 180_000);
