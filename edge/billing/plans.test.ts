import { env } from 'cloudflare:workers';
import { beforeAll, expect, it } from 'vitest';
import type { Plans } from '../../schema/api/plans.ts';
import { episodeWith, worldWide } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { person } from '../testing/people.ts';
import { bearer } from '../testing/sign-in.ts';

const HOUR = 3_600_000;
let admin: string;
const put = (path: string, json: object) => call('PUT', path, { token: admin, json });
const plan = (id: string, streams: number) =>
  put(`/api/admin/plans/${id}`, { name: id, streams, maxHeight: 1080, ads: true, downloads: false });
const early = (id: string, hours: number) => ({
  ...worldWide,
  models: ['subscription' as const],
  earlyAccess: [{ plan: id, ms: hours * HOUR }],
});

beforeAll(async () => {
  admin = await bearer('admin');
  await plan('duo', 2);
  await plan('solo', 1);
  await plan('family', 6);
});

it('says what each plan brings, what everybody has, and the most that any open licence lets a plan watch early', async () => {
  const now = Date.now();
  await episodeWith('early-plans', [
    early('duo', 2),
    early('duo', 30),
    { ...early('solo', 48), endsAt: now - HOUR },
    { ...early('solo', 72), startsAt: now + HOUR },
    { ...early('solo', 96), endedAt: now - HOUR },
    worldWide,
  ]);
  const { items, base } = await (await call('GET', '/api/plans')).json<Plans>();
  expect(items.map(({ id, streams, earlyAccessMs }) => [id, streams, earlyAccessMs])).toEqual([
    ['duo', 2, 30 * HOUR],
    ['family', 6, null],
    ['solo', 1, null],
  ]);
  expect(base).toEqual({ streams: 1, maxHeight: null, ads: true, skipAds: false, downloads: false });
});

it('says which plan one is on, as long as one is', async () => {
  const somebody = await person('on-a-plan');
  const mine = async () => (await somebody.ask('GET', '/api/me/plan')).json();
  expect(await mine()).toEqual({ subscription: null });
  const until = Date.now() + HOUR;
  await put(`/api/admin/users/${somebody.userId}/plan`, { planId: 'duo', until });
  expect(await mine()).toMatchObject({ subscription: { planId: 'duo', until } });
  await env.DB.prepare('update subscriptions set until = ? where user_id = ?')
    .bind(Date.now() - 1, somebody.userId)
    .run();
  expect(await mine()).toEqual({ subscription: null });
});
