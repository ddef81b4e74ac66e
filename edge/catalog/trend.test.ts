import { env } from 'cloudflare:workers';
import { inArray } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { titles } from '../../schema/db/catalog.ts';
import { plays } from '../../schema/db/library.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';
import { episodeWith } from '../playback/playback.fixture.ts';
import { sweepTrends } from './trend.ts';

const db = database(env.DB);
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1, 12, 7);
const names = ['old', 'hot', 'warm', 'quiet'] as const;
let made = 0;
const play = (name: string, daysAgo: number) =>
  db.insert(plays).values({
    id: `ply_trend${++made}`,
    titleId: `ttl_${name}`,
    episodeId: `ep_${name}`,
    licenceId: 'lic_x',
    startedAt: NOW - daysAgo * DAY,
    lastAt: NOW,
    periods: 1,
    seconds: 60,
  });
const at = (time: number) =>
  sweepTrends(Object.create(platform(env), { now: { value: () => time } }) as ReturnType<typeof platform>);
const trends = async () => {
  const ids = names.map((name) => `ttl_${name}` as const);
  const rows = await db
    .select({ id: titles.id, trend: titles.trend })
    .from(titles)
    .where(inArray(titles.id, ids));
  return Object.fromEntries(rows.map(({ id, trend }) => [id.slice(4), trend]));
};

beforeAll(async () => {
  for (const name of names) await episodeWith(name, []);
});

it('is what was watched in a week, the later the more, and fades to nothing', async () => {
  await play('old', 8);
  for (const days of [0, 1, 3.5]) await play('hot', days);
  await play('warm', 3.5);
  await at(NOW);
  expect(await trends()).toEqual({ old: 0, hot: 2.357, warm: 0.5, quiet: 0 });
  await at(NOW + 3.5 * DAY);
  expect(await trends()).toMatchObject({ hot: 0.857, warm: 0 }); // 3.5 and 4.5 days: 1/2 and 5/14
  await at(NOW + 8 * DAY);
  expect(await trends()).toEqual({ old: 0, hot: 0, warm: 0, quiet: 0 });
});

it('is reckoned once an hour', async () => {
  await play('quiet', 0);
  await at(NOW + 60_000);
  expect(await trends()).toMatchObject({ quiet: 0 });
  await at(NOW + 3_600_000);
  expect((await trends())['quiet']).toBeCloseTo(1, 1);
});
