import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { expect, it, vi } from 'vitest';
import type { Play } from '../../schema/api/playback.ts';
import type { StreamNow, StreamsSummary } from '../../schema/api/people.ts';
import { auditEntries } from '../../schema/db/audit.ts';
import type { Page } from '../../schema/api/page.ts';
import type { ProblemDocument } from '../../schema/problem.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { episodeWith, viewerWith, worldWide } from './playback.fixture.ts';

const db = database(env.DB);
const admin = async (method: string, path: string, json?: unknown) =>
  call(method, path, { token: await bearer('admin'), ...(json === undefined ? {} : { json }) });
const list = async (query: string) =>
  (await (await admin('GET', `/api/admin/streams?${query}`)).json<Page<StreamNow>>()).items;

async function playing(name: string) {
  const { episodeId } = await episodeWith(name, [worldWide]);
  const titleId = `ttl_${name}` as const;
  const viewer = await viewerWith(`${name}viewer`, 2);
  const play = async (country = 'JP') =>
    (
      await call('POST', `/api/episodes/${episodeId}/hls`, {
        token: viewer.token,
        json: { device: 'Firefox on Linux' },
        cf: { country } as RequestInitCfProperties,
      })
    ).json<Play>();
  const first = await play();
  const key = ({ masterUrl }: Play, period = 0) =>
    call('GET', new URL(masterUrl).pathname.replace('master.m3u8', `key/${period}`));
  const seen = (count: number) =>
    vi.waitFor(async () => expect(await list(`titleId=${titleId}`)).toHaveLength(count));
  await seen(1);
  return { episodeId, titleId, viewer, play, first, key, seen };
}

it('shows what plays: whose, masked, what, where, on what, under which plan', async () => {
  const { titleId, viewer, first, seen, play } = await playing('shown');
  const [stream] = await list(`titleId=${titleId}`);
  expect(stream).toMatchObject({
    sessionId: first.sessionId,
    userId: viewer.userId,
    titleId,
    country: 'JP',
    device: 'Firefox on Linux',
    email: 'sh…@engawa.test',
    planId: 'shownviewer',
    maxHeight: null,
  });
  await play('DE');
  await seen(2);
  expect(await list(`titleId=${titleId}&country=de`)).toMatchObject([{ country: 'DE' }]);
  const summary = await (await admin('GET', '/api/admin/streams/summary')).json<StreamsSummary>();
  expect(summary.titles).toContainEqual({ titleId, name: expect.any(String) as string, streams: 2 });
  expect(summary.plans).toContainEqual({ planId: 'shownviewer', streams: 2 });
  expect(summary.streams).toBeGreaterThanOrEqual(2);
});

it('ends one, tells its viewer why, and writes it down', async () => {
  const { viewer, first, key, seen } = await playing('endone');
  const at = `/api/admin/users/${viewer.userId}/streams/${first.sessionId}/end`;
  expect((await admin('POST', at, { reason: ' ' })).status).toBe(400);
  expect((await admin('POST', at, { reason: 'Your card was reported stolen.' })).status).toBe(204);
  const problem = await (await key(first, 1)).json<ProblemDocument>();
  expect(problem).toMatchObject({
    code: 'stream-ended',
    because: 'by-staff',
    why: 'Your card was reported stolen.',
  });
  expect(problem.detail).toContain('Your card was reported stolen.');
  await seen(0);
  expect((await admin('POST', at, { reason: 'Once more.' })).status).toBe(404);
  const [entry] = await db.select().from(auditEntries).where(eq(auditEntries.rowId, first.sessionId));
  expect(entry).toMatchObject({ kind: 'streams', op: 'act' });
  expect(entry!.after).toContain('Your card was reported stolen.');
});

it('ends all of a title, of whomever they are; who starts again may watch', async () => {
  const { titleId, play, first, key, seen } = await playing('endall');
  const second = await play();
  await seen(2);
  const at = (id: string) => `/api/admin/titles/${id}/streams/end`;
  expect((await admin('POST', at('ttl_0none'), { reason: 'A wrong file.' })).status).toBe(404);
  expect((await admin('POST', at(titleId), { reason: 'A wrong file.' })).status).toBe(204);
  for (const one of [first, second])
    expect(await (await key(one, 1)).json()).toMatchObject({ because: 'by-staff', why: 'A wrong file.' });
  await seen(0);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5_000 }); // two clocks are never that far apart
  expect((await key(await play())).status).toBe(200);
  vi.useRealTimers();
});
