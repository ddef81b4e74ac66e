import { env } from 'cloudflare:workers';
import { eq, getTableColumns, getTableName } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { MyExport } from '../../../schema/api/export.ts';
import type { Play } from '../../../schema/api/playback.ts';
import { credentials, passkeys, sessions, users } from '../../../schema/db/accounts.ts';
import { customers, plans, purchases, subscriptions } from '../../../schema/db/billing.ts';
import { ledger } from '../../../schema/db/books.ts';
import { plays, trackChoices, watchlist } from '../../../schema/db/library.ts';
import { profiles } from '../../../schema/db/profiles.ts';
import { newId } from '../../platform/clock.ts';
import { episodeWith, worldWide } from '../../playback/playback.fixture.ts';
import { call } from '../../testing/call.ts';
import { exportOf } from './export.ts';
import { codeOf, db, somebody, watched, type Somebody } from './me.fixture.ts';
import { notExported, sections, type Part } from './queries/export.ts';

const exported = async ({ ask }: Somebody) => (await ask('GET', '/api/me/export')).json<MyExport>();
const parts = Object.entries(sections) as [Part, (typeof sections)[Part]][];

/** Somebody with a row in every table, of which no column is empty and no two are alike. */
async function household() {
  const mio = await somebody();
  const secret = (name: string) => `secret-${name}-${mio.userId}`;
  const at = new Date(1_790_000_000_001);
  await db
    .update(users)
    .set({ image: 'https://engawa.test/mio.png', closesAt: 1_790_000_000_002, closesBecause: 'An example' })
    .where(eq(users.id, mio.userId));
  await db
    .update(credentials)
    .set({
      accessToken: secret('access'),
      refreshToken: secret('refresh'),
      idToken: secret('id'),
      accessTokenExpiresAt: at,
      refreshTokenExpiresAt: at,
      scope: 'openid',
    })
    .where(eq(credentials.userId, mio.userId));
  await db.insert(sessions).values({
    id: secret('session id'),
    token: secret('session'),
    userId: mio.userId,
    expiresAt: new Date(1_790_000_000_003),
    ipAddress: '203.0.113.7',
    userAgent: 'Firefox on Linux',
    city: 'Kyoto',
    country: 'JP',
    createdAt: new Date(1_790_000_000_004),
    updatedAt: new Date(1_790_000_000_005),
  });
  await db.insert(passkeys).values({
    id: secret('passkey id'),
    userId: mio.userId,
    name: 'My phone',
    publicKey: secret('public key'),
    counter: 77,
    transports: ['internal'],
    createdAt: 1_790_000_000_006,
    usedAt: 1_790_000_000_007,
  });
  const [first] = await mio.profiles();
  await mio.ask('PATCH', `/api/me/profiles/${first!.id}`, {
    pin: '1234',
    preferences: { prefer: 'dub', audio: ['en'], subtitles: ['ja'] },
  });
  await mio.ask('POST', '/api/me/consents', { kind: 'newsletter', version: '2026-11-01', given: true });
  await watched(mio.userId, first!.id, 2);
  await db
    .update(plays)
    .set({ planId: 'standard', model: 'rental', purchaseId: 'pur_0mio', given: 'gift', audio: 'ja' })
    .where(eq(plays.userId, mio.userId));
  const [play] = await db.select().from(plays).where(eq(plays.userId, mio.userId));
  const plan = { id: `plan-${mio.userId}`, name: 'P', streams: 2, ads: false, downloads: true };
  await db.insert(plans).values({ ...plan, createdAt: 1, updatedAt: 1 });
  await db.insert(subscriptions).values({
    id: newId('subscription'),
    userId: mio.userId,
    source: 'stripe',
    createdAt: 1_790_000_000_025,
    planId: plan.id,
    since: 1_790_000_000_008,
    until: 1_790_000_000_009,
    reason: 'A present',
    giftId: 'gft_0mio',
    stripeId: `sub_${mio.userId}`,
    priceId: 'prc_0mio',
    state: 'past_due',
    periodStart: 1_790_000_000_026,
    periodEnd: 1_790_000_000_027,
    trialEnd: 1_790_000_000_028,
    cancelAt: 1_790_000_000_029,
    pausedAt: 1_790_000_000_030,
    resumesAt: 1_790_000_000_031,
    pastDueSince: 1_790_000_000_032,
    updatedAt: 1_790_000_000_010,
  });
  await db.insert(customers).values({
    stripeId: `cus_${mio.userId}`,
    userId: mio.userId,
    currency: 'jpy',
    createdAt: 1_790_000_000_033,
  });
  await db.update(profiles).set({ noticesSeenAt: 1_790_000_000_016 }).where(eq(profiles.id, first!.id));
  await db.insert(watchlist).values({
    profileId: first!.id,
    titleId: play!.titleId,
    state: 'paused',
    score: 9,
    followedAt: 1_790_000_000_017,
    rewatched: 3,
    notes: 'Again, in winter',
    startedAt: 1_790_000_000_018,
    finishedAt: 1_790_000_000_019,
    stateAt: 1_790_000_000_020,
    watchedAt: 1_790_000_000_021,
    createdAt: 1_790_000_000_022,
    updatedAt: 1_790_000_000_023,
  });
  await db.insert(trackChoices).values({
    profileId: first!.id,
    titleId: play!.titleId,
    choice: { audio: { language: 'ja', role: 'main' }, subtitles: null },
    updatedAt: 1_790_000_000_024,
  });
  await db.insert(purchases).values({
    id: newId('purchase'),
    userId: mio.userId,
    titleId: play!.titleId,
    season: 1,
    episodeId: play!.episodeId,
    kind: 'rental',
    offerId: 'ofr_0mio',
    reason: 'A mended mistake',
    boughtAt: 1_790_000_000_011,
    beginBy: 1_790_000_000_012,
    playsForMs: 1_790_000_000_013,
    begunAt: 1_790_000_000_014,
    revokedAt: 1_790_000_000_015,
    revokedBecause: 'refunded',
    amount: 407,
    currency: 'jpy',
    stripePaymentId: `pi_${mio.userId}`,
  });
  await db.insert(ledger).values({
    id: `payment:pi_${mio.userId}`,
    kind: 'payment',
    at: 1_790_000_000_034,
    userId: mio.userId,
    country: 'JP',
    currency: 'jpy',
    amount: 408,
    tax: 37,
    planId: plan.id,
    stripeSubscriptionId: `sub_${mio.userId}`,
    paidFrom: 1_790_000_000_035,
    paidUntil: 1_790_000_000_036,
    purchaseId: 'pur_0mio',
    model: 'rental',
    titleId: play!.titleId,
    season: 1,
    episodeId: play!.episodeId,
    stripePaymentId: `pi_${mio.userId}`,
    recordedAt: 1_790_000_000_037,
  });
  return mio;
}

describe('the export of everything about me', () => {
  it('is a document to keep: typed, named, stored by no cache', async () => {
    const mio = await household();
    const answer = await mio.ask('GET', '/api/me/export'); // `call` holds it to the shape that the route declares
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="engawa-\d{4}-\d\d-\d\d\.json"$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { format, version, account, progress, plays } = await answer.json<MyExport>();
    expect({ format, version }).toEqual({ format: 'engawa-export', version: 1 });
    expect(account).toMatchObject([{ id: mio.userId, email: mio.email }]);
    expect(progress).toHaveLength(2);
    expect(plays[0]).toMatchObject({ title: 'Umibe no Natsu', season: 1, episode: 1, seconds: 120 });
  });

  it('has what is being watched this very moment', async () => {
    const mio = await somebody();
    const { episodeId } = await episodeWith('exported', [worldWide]);
    const answer = await mio.ask('POST', `/api/episodes/${episodeId}/hls`);
    const { sessionId, masterUrl } = await answer.json<Play>();
    await call('GET', new URL(masterUrl).pathname.replace('master.m3u8', 'key/2'));
    await mio.ask('POST', `/api/playback/${sessionId}/heartbeat`, { position: 150, number: 1 });
    const { plays, progress } = await exported(mio);
    expect(plays).toMatchObject([{ id: sessionId, episodeId, seconds: 60 }]);
    expect(progress).toMatchObject([{ episodeId, position: 150 }]);
  });

  it('has every table that refers to people, or says why not', async () => {
    const tables = await env.DB.prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '_cf_%' and name not like 'd1_%'",
    ).all<{ name: string }>();
    const personal = new Set(['users']);
    const facts = await Promise.all(
      tables.results.map(async ({ name }) => ({
        name,
        refersTo: (
          await env.DB.prepare(`pragma foreign_key_list("${name}")`).all<{ table: string }>()
        ).results.map(({ table }) => table),
        columns: (await env.DB.prepare(`pragma table_info("${name}")`).all<{ name: string }>()).results,
      })),
    );
    for (let before = 0; before < personal.size;) {
      before = personal.size;
      for (const { name, refersTo, columns } of facts)
        if (
          refersTo.some((table) => personal.has(table) && !(table in notExported)) ||
          // Ids and addresses of people that are no reference to the database.
          columns.some((column) =>
            /(^|_)(user|profile|account)_id$|(^|_)by$|email|identifier|ip_address/.test(column.name),
          )
        )
          personal.add(name);
    }
    const taken = parts.map(([, { table }]) => getTableName(table));
    const known = [...taken, ...Object.keys(notExported)];
    expect([...personal].filter((name) => !known.includes(name))).toEqual([]);
    expect(taken.filter((name) => name in notExported)).toEqual([]);
    // Nor does it speak of tables that are not there.
    expect(known.filter((name) => !facts.some((table) => table.name === name))).toEqual([]);
  });

  it('has every column of them, or says why not; and no secret', async () => {
    const mio = await household();
    const document = await exported(mio);
    for (const [part, { table, leftOut }] of parts) {
      const columns = getTableColumns(table);
      const owner = part === 'account' ? 'id' : 'userId';
      const rows =
        'profileId' in columns
          ? await env.DB.prepare(
              `select p.* from ${getTableName(table)} p join profiles f on f.id = profile_id where user_id = ?`,
            )
              .bind(mio.userId)
              .all()
          : await env.DB.prepare(
              `select * from ${getTableName(table)} where ${owner === 'id' ? 'id' : 'user_id'} = ?`,
            )
              .bind(mio.userId)
              .all();
      expect([part, rows.results.length]).toEqual([part, document[part].length]);
      expect(rows.results.length).toBeGreaterThan(0);
      const values = new Set(
        document[part].flatMap((item) => Object.values(item).map((value) => JSON.stringify(value))),
      );
      for (const [name, column] of Object.entries(columns)) {
        if (name in leftOut) continue;
        for (const row of rows.results) {
          const stored = row[column.name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
          const plain = column.columnType === 'SQLiteTimestamp' ? stored : column.mapFromDriverValue(stored);
          expect([part, name, values.has(JSON.stringify(plain))]).toEqual([part, name, true]);
        }
      }
      expect(Object.keys(leftOut).filter((name) => !(name in columns))).toEqual([]);
    }
    const text = JSON.stringify(document);
    expect(text).not.toMatch(/secret-|pbkdf2|lic_/);
    const [credential] = await db.select().from(credentials).where(eq(credentials.userId, mio.userId));
    expect(text).not.toContain(credential!.password);
  });

  it('has nothing of anybody else', async () => {
    const [mio, other] = [await household(), await household()];
    const text = JSON.stringify(await exported(mio));
    expect(text).toContain(mio.userId);
    expect(text).not.toContain(other.userId);
    for (const { id } of await other.profiles()) expect(text).not.toContain(id);
    expect(await codeOf(call('GET', '/api/me/export'))).toBe('not-signed-in');
    expect(await codeOf(mio.ask('GET', `/api/me/export?userId=${other.userId}`))).toBe(200);
    expect(JSON.stringify(await exported(mio))).not.toContain(other.userId);
  });

  it('goes page by page through what is much, and misses and doubles nothing', async () => {
    const mio = await somebody();
    const [first] = await mio.profiles();
    await watched(mio.userId, first!.id, 1_201);
    await watched(mio.userId, (await mio.add({})).id, 500);
    let largest = 0;
    let text = '';
    for await (const piece of exportOf(db, mio.userId, Date.now())) {
      largest = Math.max(largest, piece.length);
      text += piece;
    }
    const document = JSON.parse(text) as MyExport;
    for (const list of [document.plays, document.progress]) {
      expect(list).toHaveLength(1_701);
      expect(new Set(list.map(({ episodeId }) => episodeId)).size).toBe(1_701);
    }
    expect(largest).toBeLessThan(text.length / 3);
  });

  it('of one with a name full of quotes is JSON all the same; of an account that is gone there is none', async () => {
    const mio = await somebody();
    await mio.add({ name: '"],"x":[\\\u2028 \ud83e\udd8a' });
    expect((await exported(mio)).profiles.map(({ name }) => name)).toContain('"],"x":[\\\u2028 \ud83e\udd8a');
    await db.delete(users).where(eq(users.id, mio.userId));
    expect(await codeOf(mio.ask('GET', '/api/me/export'))).toBe('not-signed-in');
  });

  it('is asked for a few times a day', async () => {
    const mio = await somebody();
    const codes = [];
    for (let i = 0; i < 6; i++) codes.push(await codeOf(mio.ask('GET', '/api/me/export')));
    expect(codes).toEqual([200, 200, 200, 200, 200, 'too-many-requests']);
  });
});
