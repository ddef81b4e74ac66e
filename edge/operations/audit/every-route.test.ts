import { eq } from 'drizzle-orm';
import { expect, it, vi } from 'vitest';
import type { Security } from '../../../schema/api/accounts.ts';
import type { Upload } from '../../../schema/api/ingest.ts';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { Licence } from '../../../schema/api/rights.ts';
import { auditEntries } from '../../../schema/db/audit.ts';
import { assets } from '../../../schema/db/media.ts';
import { creative } from '../../ads/ads.fixture.ts';
import { episode, sendParts, uploaded, uploadedTrack, type World } from '../../ingest/ingest.fixture.ts';
import { eachInItsWorld, encoding } from '../../ingest/world.fixture.ts';
import { episodeWith, worldWide } from '../../playback/playback.fixture.ts';
import type { AdminPlans, BillingOfPerson, MadeGifts, Promotion } from '../../../schema/api/billing-admin.ts';
import { paid } from '../../billing/checkout.fixture.ts';
import { call } from '../../testing/call.ts';
import { person } from '../../testing/people.ts';
import { routeAt, routes } from '../../testing/routes.ts';
import { bearer } from '../../testing/sign-in.ts';

/*
 * Whatever staff may change stands in the log: every route above `viewer` that is not safe is used here once, and has to leave an entry.
 * A new route fails this until it is used as well, or is said to change nothing that anybody could ask about.
 */
const leavesNothing: Record<string, string> = {
  'POST /api/admin/billing/events/replay': 'leaves one where there is something to try again',
  'POST /api/admin/search/reindex': 'writes the index anew from what is there',
  'POST /api/uploads/:id/parts':
    'addresses for parts, and which have arrived: the upload itself is in the log',
  'POST /api/admin/books/statements/:id/check': 'reckons once more what is there already',
  'POST /api/admin/campaigns/try': 'asks an ad server what it has; it changes nothing',
  'POST /api/admin/jobs/:id/watch': 'a token to look at what is being made; it changes nothing',
};

let world: World;
eachInItsWorld((made) => (world = made));

const done = new Map<string, number>();
const silent: string[] = [];

/** Sends one change as an admin, and notes whether the log has it. */
async function change<T = unknown>(
  method: string,
  path: string,
  json?: unknown,
  init: object = {},
): Promise<T> {
  const answer = await call(method, path, {
    token: await bearer('admin'),
    ...(json === undefined ? {} : { json }),
    ...init,
  });
  const text = await answer.text();
  expect(answer.status, `${method} ${path} answered ${text}`).toBeLessThan(300);
  const key = routeAt(method, path.split('?')[0]!)!.key;
  const request = answer.headers.get('x-request-id')!;
  const entries = await world.platform.db
    .select({ seq: auditEntries.seq })
    .from(auditEntries)
    .where(eq(auditEntries.request, request));
  if (entries.length === 0) silent.push(key);
  done.set(key, Math.max(done.get(key) ?? 0, entries.length));
  return (text ? JSON.parse(text) : { request }) as T;
}

const everywhere = { territories: { mode: 'exclude', countries: [] }, startsAt: null, endsAt: null };
const reason = { reason: 'because of a test' };
const read = async <T>(path: string): Promise<T> =>
  (await call('GET', path, { token: await bearer('admin') })).json();

async function editTitles(): Promise<void> {
  const { id } = await change<{ id: string }>('POST', '/api/admin/titles', { names: { main: 'A' } });
  const other = await change<{ id: string }>('POST', '/api/admin/titles', { names: { main: 'B' } });
  const at = `/api/admin/titles/${id}`;
  await change('PATCH', at, { year: 2020 });
  await change('POST', '/api/admin/titles/bulk', { ids: [id, other.id], status: 'finished' });
  await change('PUT', `${at}/relations/${other.id}`, { kind: 'sequel' });
  await change('DELETE', `${at}/relations/${other.id}`);
  await change('PUT', `${at}/seasons/1/episodes/1`, { name: 'One' });
  await change('PUT', `${at}/seasons/2`, { name: 'Two' });
  await change('DELETE', `${at}/seasons/2`);
  const [first] = (await read<AdminTitleDetail>(at)).episodeList;
  await change('PATCH', `/api/admin/episodes/${first!.id}`, { name: 'Uno' });
  await change('POST', '/api/admin/episodes/bulk', { ids: [first!.id], kind: 'special' });
  await change('PUT', `${at}/orders/chronological`, { episodeIds: [first!.id] });
  await change('DELETE', `${at}/orders/chronological`);
  await change('POST', `${at}/import`, undefined, {
    body: 'season,number,name\n1,1,Un\n1,2,Deux\n',
    headers: { 'content-type': 'text/csv' },
  });
  const png = Uint8Array.from(
    atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
    (c) => c.charCodeAt(0),
  );
  await change('PUT', `${at}/images/poster?width=1&height=1`, undefined, {
    body: png,
    headers: { 'content-type': 'image/png' },
  });
  await change('DELETE', `${at}/images/poster`);
  await change('POST', `${at}/unpublish`);
  await change('POST', `${at}/publish`, {});
  await change('DELETE', `/api/admin/episodes/${first!.id}`);
  await change('DELETE', `/api/admin/titles/${other.id}`);
  const renamed = await call('PATCH', at, { token: await bearer('admin'), json: { year: 2021 } });
  await change('POST', `/api/admin/changes/${renamed.headers.get('x-request-id')}/undo`);
}

async function rights(): Promise<void> {
  const { id } = await change<{ id: string }>('POST', '/api/admin/titles', { names: { main: 'Rights' } });
  const at = `/api/admin/titles/${id}`;
  const licence = await change<Licence>('POST', `${at}/licences`, everywhere);
  const amended = await change<Licence>('POST', `/api/admin/licences/${licence.id}/amend`, {
    ...reason,
    licence: everywhere,
  });
  await change('POST', `/api/admin/licences/${amended.id}/revoke`, reason);
  const holdback = await change<{ id: string }>('POST', `${at}/holdbacks`, everywhere);
  await change('PUT', `/api/admin/holdbacks/${holdback.id}`, { ...everywhere, reason: 'other' });
  await change('DELETE', `/api/admin/holdbacks/${holdback.id}`);
  const licensor = await change<{ id: string }>('POST', '/api/admin/licensors', { name: 'L' });
  await change('PUT', `/api/admin/licensors/${licensor.id}`, { name: 'M', notes: 'ask for Ms. K' });
  await change('DELETE', `/api/admin/licensors/${licensor.id}`);
  const paid = await change<{ id: string }>('POST', '/api/admin/licensors', { name: 'Paid' });
  const half = { model: 'subscription', basisPoints: 5_000, month: '2025-01' };
  await change('POST', `/api/admin/licensors/${paid.id}/shares`, half);
  await change('POST', '/api/admin/books/statements', { licensorId: paid.id, month: '2025-01' });
  await change('POST', `${at}/takedown`, reason);
  await change('POST', `${at}/takedown/lift`, reason);
  const ep = await episode();
  await change('POST', `/api/admin/episodes/${ep}/takedown`, reason);
  await change('POST', `/api/admin/episodes/${ep}/takedown/lift`, reason);
}

async function people(): Promise<void> {
  const somebody = await person('somebody');
  const { userId } = somebody;
  const at = `/api/admin/users/${userId}`;
  await change('PUT', '/api/admin/plans/test', {
    name: 'T',
    streams: 2,
    maxHeight: null,
    ads: false,
    downloads: false,
  });
  await change('PUT', `${at}/plan`, { planId: 'test', until: null });
  await change('PATCH', at, { role: 'moderator' });
  await change('POST', `${at}/email`, reason);
  await change('POST', `${at}/plays`, reason);
  const { devices } = await (await somebody.ask('GET', '/api/me/security')).json<Security>();
  await change('DELETE', `${at}/sessions/${devices[0]!.id}`);
  await change('DELETE', `${at}/sessions`);
  await change('DELETE', at, reason);
  await change('POST', `${at}/keep`, {});
}

async function money(): Promise<void> {
  const worldNow = Date.now();
  vi.useRealTimers(); // Stripe's double lives by the real clock
  const { id } = await change<{ id: string }>('POST', '/api/admin/titles', { names: { main: 'Sold' } });
  const fields = { name: 'P', streams: 2, maxHeight: null, ads: false, downloads: false };
  await change('PUT', '/api/admin/plans/priced', fields);
  const asked = { currency: 'jpy', interval: 'month', amount: 980 };
  const { items } = await change<AdminPlans>('POST', '/api/admin/plans/priced/prices', asked);
  const price = items.find((plan) => plan.id === 'priced')!.prices[0]!.id;
  const offer = { kind: 'purchase', prices: { jpy: 500 } };
  const made = await change<{ id: string }>('POST', `/api/admin/titles/${id}/offers`, offer);
  await change('PUT', `/api/admin/offers/${made.id}`, { ...offer, sold: false });
  const gift = { planId: 'priced', days: 3, ...reason };
  const codes = await change<MadeGifts>('POST', '/api/admin/gifts', gift);
  await change('POST', `/api/admin/gifts/${codes.items[0]!.id}/end`);
  const promotion = await change<Promotion>('POST', '/api/admin/promotions', {
    code: 'IN-LOG',
    percentOff: 5,
  });
  await change('POST', `/api/admin/promotions/${promotion.id}/end`);
  const payer = await person('payer-in-the-log');
  await paid(payer, { priceId: price });
  const at = `/api/admin/users/${payer.userId}`;
  await change('POST', '/api/admin/billing/reconciliations');
  const billing = await read<BillingOfPerson>(`${at}/billing`);
  await change('POST', `/api/admin/payments/${billing.payments![0]!.paymentId}/refund`, reason);
  const given = await change<{ id: string }>('POST', `${at}/purchases`, {
    titleId: id,
    kind: 'purchase',
    ...reason,
  });
  await change('POST', `/api/admin/purchases/${given.id}/revoke`, reason);
  await change('POST', `/api/admin/prices/${price}/end`);
  vi.useFakeTimers({ toFake: ['Date'], now: worldNow });
}

async function media(): Promise<void> {
  const begin = async () =>
    change<Upload>('POST', '/api/uploads', { episodeId: await episode(), fileName: 'a.mkv', bytes: 1_000 });
  await change('DELETE', `/api/uploads/${(await begin()).id}`);
  const begun = await begin();
  await sendParts(world, begun, [1]);
  await change('POST', `/api/uploads/${begun.id}/complete`);
  const ep = await episode();
  const first = await uploaded(world, { episodeId: ep });
  await world.finish();
  const second = await uploaded(world, { episodeId: ep });
  await world.finish();
  const at = `/api/admin/episodes/${ep}`;
  await change('POST', `${at}/publish`, { assetId: first.assetId });
  await change('POST', `${at}/publish`, { assetId: second.assetId, at: Date.now() + 3_600_000 });
  await change('DELETE', `${at}/publish`);
  await change('PUT', `${at}/markers`, { markers: [{ kind: 'opening', start: 1, end: 2 }] });
  await change('POST', `${at}/unpublish`);
  await uploadedTrack(world, ep, { kind: 'audio', language: 'en', role: 'dub' });
  await world.finish();
  await change('DELETE', `/api/admin/assets/${second.assetId}/tracks/s0-en`);
  await world.finish();
  await change('POST', `/api/admin/assets/${second.assetId}/av1`);
  await world.finish();
  await change('POST', `/api/admin/assets/${second.assetId}/encode`, { settings: {} });
  await world.finish();
  await change('DELETE', `/api/admin/assets/${first.assetId}/source`);
  await change('DELETE', `/api/admin/assets/${first.assetId}`);
  const [row] = await world.platform.db.select().from(assets).where(eq(assets.id, second.assetId));
  expect(row).toBeDefined();
}

async function notices(): Promise<void> {
  const { id: titleId } = await change<{ id: string }>('POST', '/api/admin/titles', {
    names: { main: 'Claimed' },
  });
  const send = async (work: string) => {
    const person = { name: 'Mio', email: 'mio@studio.test', postalAddress: 'Tokyo', signature: 'Mio' };
    const json = { work, addresses: ['/titles/claimed'], ...person, goodFaith: true, accurate: true };
    return (await (await call('POST', '/api/takedown-notices', { json })).json<{ id: string }>()).id;
  };
  const at = '/api/admin/takedown-notices';
  await change('POST', `${at}/${await send('A film')}/act`, {
    ...reason,
    targets: [{ titleId, episodeId: null }],
  });
  await change('POST', `${at}/${await send('Another film')}/reject`, reason);
  const invite = await change<{ id: string }>('POST', '/api/admin/staff/invites', {
    email: 'new@people.test',
    role: 'editor',
  });
  await change('DELETE', `/api/admin/staff/invites/${invite.id}`);
}

/** A job whose first task fails for good, because the store is away. */
async function failed() {
  const { upload, held } = await encoding(world);
  const task = held[0]!;
  let [head] = held;
  for (let i = 0; i < 5; i++) {
    await world.say(head!, 'fail', { problem: 'storage-failed', detail: 'S3 said 500', retryable: true });
    world.pass(40);
    head = (await world.take()).find(({ taskId }) => taskId === task.taskId);
  }
  return { jobId: upload.jobId, taskId: task.taskId };
}

async function work(): Promise<void> {
  const { jobId } = await failed();
  await change('POST', `/api/admin/jobs/${jobId}/retry`);
  await change('POST', `/api/admin/jobs/${jobId}/cancel`);
  const other = await failed();
  await change('POST', `/api/admin/tasks/${other.taskId}/retry`);
  await change('POST', '/api/admin/jobs/bulk', { ids: [other.jobId], action: 'cancel' });
}

async function advertising(): Promise<void> {
  const { episodeId } = await episodeWith('withbreaks', [worldWide]);
  await change('PUT', `/api/admin/episodes/${episodeId}/breaks`, { breaks: [300] });
  const film = await creative('everyadvert');
  const json = { name: 'Spring', advertiser: 'Kotori Tea', creativeEpisodeId: film };
  const { id } = await change<{ id: string }>('POST', '/api/admin/campaigns', json);
  const at = `/api/admin/campaigns/${id}`;
  await change('PATCH', at, { priority: 9 });
  await change('POST', `${at}/start`);
  await change('POST', `${at}/pause`);
  await change('POST', `${at}/end`);
  const draft = await change<{ id: string }>('POST', '/api/admin/campaigns', json);
  await change('DELETE', `/api/admin/campaigns/${draft.id}`);
}

async function watching(): Promise<void> {
  const viewer = await person('watcher');
  const { episodeId } = await episodeWith('watched', [worldWide]);
  const cf = { country: 'JP' } as RequestInitCfProperties;
  const play = async () =>
    (await viewer.ask('POST', `/api/episodes/${episodeId}/hls`, { json: {}, cf })).json<{
      sessionId: string;
    }>();
  const { sessionId } = await play();
  await change('POST', `/api/admin/users/${viewer.userId}/streams/${sessionId}/end`, reason);
  await change('POST', `/api/admin/titles/ttl_watched/streams/end`, reason);
}

it('leaves an entry', { timeout: 120_000 }, async () => {
  for (const part of [editTitles, rights, people, money, notices, media, work, advertising, watching])
    await part();
  const staff = routes.filter(
    ({ method, contract }) =>
      method !== 'GET' && ['moderator', 'editor', 'admin'].includes(contract.guard ?? ''),
  );
  expect(silent).toEqual([]);
  const untried = staff.map(({ key }) => key).filter((key) => !done.has(key) && !(key in leavesNothing));
  expect(untried).toEqual([]);
  expect(Object.keys(leavesNothing).filter((key) => !staff.some((route) => route.key === key))).toEqual([]);
});
