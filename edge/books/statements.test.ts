import { env } from 'cloudflare:workers';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Share, StatementCheck, StatementDetail, StatementItem } from '../../schema/api/books.ts';
import { ledger, statements } from '../../schema/db/books.ts';
import { titles } from '../../schema/db/catalog.ts';
import { plays } from '../../schema/db/library.ts';
import type { Page } from '../../schema/api/page.ts';
import type { StatementDocument } from '../../schema/statement.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { at, db, entryOf, licensorOf, playOf, put, titleOf } from './books.fixture.ts';
import { daysDue } from './fold.ts';
import { DAY, monthAfter } from './months.ts';
import { sweepBooks, sweepStatements } from './sweep.ts';

const ask = async (method: string, path: string, json?: unknown) =>
  call(method, `/api/admin/books${path}`, { token: await bearer('admin'), ...(json ? { json } : {}) });
const make = async (json: object): Promise<StatementItem> => {
  const answer = await ask('POST', '/statements', json);
  expect(answer.status).toBe(201);
  return answer.json();
};

/** The worked example of docs/books.md, to the unit. */
describe('a statement', () => {
  const JANUARY = Date.UTC(2024, 0);
  const kaze = async () => {
    const [kino, other] = [
      await licensorOf('Kino', { subscription: 5_000, rental: 7_000 }),
      await licensorOf('Other'),
    ];
    const [a, b] = [await titleOf(kino, '=Kaze, "the wind"'), await titleOf(other, 'Mori')];
    const year = { planId: 'fan', paidFrom: JANUARY, paidUntil: Date.UTC(2025, 0) };
    await put.entries([
      entryOf({
        planId: 'fan',
        at: JANUARY,
        amount: 1_078,
        tax: 98,
        paidFrom: JANUARY,
        paidUntil: Date.UTC(2024, 1),
      }),
      entryOf({ ...year, at: JANUARY, amount: 10_780, tax: 980 }),
      entryOf({ titleId: a.titleId, model: 'rental', at: JANUARY + DAY, amount: 550, tax: 50 }),
    ]);
    await put.plays([
      playOf(a, { startedAt: JANUARY, seconds: 3_600, audio: 'ja' }),
      playOf(a, { startedAt: JANUARY + DAY, seconds: 1_800, audio: 'en' }),
      playOf(a, { startedAt: JANUARY + DAY, seconds: 1_440, given: 'trial' }),
      playOf(a, { startedAt: JANUARY + 2 * DAY, seconds: 1_440, model: 'rental', planId: null }),
      playOf(b, { startedAt: JANUARY, seconds: 5_400 }),
    ]);
    return { kino, a };
  };

  it('comes out as its worked example says, is signed, and can be reckoned anew', async () => {
    const { kino, a } = await kaze();
    const made = await make({ licensorId: kino, month: '2024-01' });
    expect(made).toMatchObject({ number: 1, plays: 4, minutes: 138, owed: { jpy: 803 } });
    const detail = await (await ask('GET', `/statements/${made.id}`)).json<StatementDetail>();
    expect(
      detail.lines.map((l) => [l.audio, l.model, l.given, l.plays, l.minutes, l.sold, l.revenue, l.owed]),
    ).toEqual([
      ['', 'rental', '', 0, 0, 1, 500, 350],
      ['en', 'subscription', '', 1, 30, 0, 302, 151],
      ['ja', 'rental', '', 1, 24, 0, 0, 0],
      ['ja', 'subscription', '', 1, 60, 0, 603, 302],
      ['ja', 'subscription', 'trial', 1, 24, 0, 0, 0],
    ]);
    expect(detail.money).toEqual({ jpy: { revenue: 1_405, owed: 803 } });

    const csv = await (await ask('GET', `/statements/${made.id}/csv`)).arrayBuffer();
    const text = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(csv);
    expect(text).toMatch(/^\uFEFFtitle_id,title,/);
    expect(text).toContain(`"'=Kaze, ""the wind"""`); // no formula, and a field of RFC 4180
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', csv));
    expect(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(made.sha256);

    const jws = await (await ask('GET', `/statements/${made.id}/document`)).text();
    const keys = await (await call('GET', '/.well-known/jwks.json')).json<JSONWebKeySet>();
    const { payload, protectedHeader } = await compactVerify(jws, createLocalJWKSet(keys));
    expect(protectedHeader).toMatchObject({ alg: 'ES256', typ: 'engawa-statement', kid: made.keyId });
    const said = JSON.parse(new TextDecoder().decode(payload)) as StatementDocument;
    expect(said).toMatchObject({
      id: made.id,
      number: 1,
      csv: { sha256: made.sha256, lines: 5 },
      money: detail.money,
    });

    // Another name changes nothing of what was told.
    await db.update(titles).set({ nameMain: 'Kaze no tani' }).where(eq(titles.id, a.titleId));
    const check = async (id: string) => (await ask('POST', `/statements/${id}/check`)).json<StatementCheck>();
    expect(await check(made.id)).toMatchObject({ same: true, sha256: made.sha256 });

    // A play that was written late does, and is told by the next number, for a reason.
    await put.plays([playOf(a, { startedAt: JANUARY + 5 * DAY, seconds: 600 })]);
    expect(await check(made.id)).toMatchObject({ same: false, minutes: 148 });
    expect((await ask('POST', '/statements', { licensorId: kino, month: '2024-01' })).status).toBe(409);
    const again = await make({ licensorId: kino, month: '2024-01', reason: 'A play came late.' });
    expect(again).toMatchObject({ number: 2, minutes: 148, reason: 'A play came late.' });
    expect(await check(again.id)).toMatchObject({ same: true });
    const listed = await (await ask('GET', `/statements?licensor=${kino}`)).json<Page<StatementItem>>();
    expect(listed.items.map(({ number }) => number)).toEqual([2, 1]);
  });

  it('waits for the end of its month, and is of somebody', async () => {
    const licensorId = await licensorOf('Early');
    const month = new Date().toISOString().slice(0, 7);
    expect((await ask('POST', '/statements', { licensorId, month })).status).toBe(409);
    expect((await ask('POST', '/statements', { licensorId: 'lsr_0nobody', month: '2024-01' })).status).toBe(
      404,
    );
    expect((await ask('POST', '/statements', { licensorId, month: '2024-13' })).status).toBe(400);
  });

  it('has one number each, though two are made at once', async () => {
    const licensorId = await licensorOf('Twice');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => ask('POST', '/statements', { licensorId, month: '2024-02' })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
  });
});

it('is made by itself on the fifth, once', async () => {
  const licensorId = await licensorOf('By itself');
  const made = await titleOf(licensorId);
  const month = Date.UTC(2025, 2);
  await put.plays([playOf(made, { startedAt: month + DAY, seconds: 600 })]);
  const of = () => db.select().from(statements).where(eq(statements.licensorId, licensorId));
  const sweepAt = async (now: number) => {
    // All days, eight at a time; then as many as there are licensors, each minute one.
    while ((await daysDue(db, now)).length > 0) await sweepBooks(at(now));
    for (let i = 0; i < 12; i++) {
      await sweepBooks(at(now));
      await sweepStatements(at(now));
    }
  };
  await sweepAt(monthAfter(month) + 3 * DAY);
  expect(await of()).toEqual([]);
  await sweepAt(monthAfter(month) + 5 * DAY);
  await sweepAt(monthAfter(month) + 6 * DAY);
  expect(await of()).toMatchObject([{ from: month, number: 1, createdBy: null, plays: 1, minutes: 10 }]);
});

it('sets shares from a month on, and says which holds', async () => {
  const id = await licensorOf('Shared');
  const path = `/api/admin/licensors/${id}/shares`;
  const post = async (json: object) => call('POST', path, { token: await bearer('admin'), json });
  expect((await post({ model: 'subscription', basisPoints: 4_000, month: '2024-01' })).status).toBe(201);
  expect((await post({ model: 'subscription', basisPoints: 4_500, month: '2024-06' })).status).toBe(201);
  expect((await post({ model: 'subscription', basisPoints: 6_000, month: '2090-01' })).status).toBe(201);
  expect((await post({ model: 'free', basisPoints: 1, month: '2024-01' })).status).toBe(400);
  expect((await post({ model: 'ads', basisPoints: 10_001, month: '2024-01' })).status).toBe(400);
  const answer = await call('GET', path, { token: await bearer('admin') });
  const { items } = await answer.json<{ items: Share[] }>();
  expect(items.map(({ basisPoints, holds }) => [basisPoints, holds])).toEqual([
    [6_000, false],
    [4_500, true],
    [4_000, false],
  ]);
});

describe('what stands in the books', () => {
  it('is never changed or deleted; of an entry only who paid is forgotten', async () => {
    const row = entryOf({ at: Date.UTC(2023, 0), amount: 100, userId: null });
    await put.entries([row]);
    const one = eq(ledger.id, row.id);
    await expect(db.update(ledger).set({ amount: 1 }).where(one)).rejects.toThrow(
      /append-only|never changed|D1_ERROR|Failed query/,
    );
    await expect(db.update(ledger).set({ userId: null, tax: 1 }).where(one)).rejects.toThrow(
      /append-only|never changed|D1_ERROR|Failed query/,
    );
    await expect(db.delete(ledger).where(one)).rejects.toThrow(
      /append-only|never changed|D1_ERROR|Failed query/,
    );
    await db.update(ledger).set({ userId: null }).where(one);
    expect((await db.select().from(ledger).where(one))[0]!.amount).toBe(100);
    const [told] = await db.select().from(statements).limit(1);
    await expect(db.update(statements).set({ minutes: 0 })).rejects.toThrow(
      /append-only|never changed|D1_ERROR|Failed query/,
    );
    await expect(db.delete(statements).where(eq(statements.id, told!.id))).rejects.toThrow(
      /append-only|never changed|D1_ERROR|Failed query/,
    );
  });

  it('stays when the account goes', async () => {
    await env.DB.prepare(
      "insert into users (id, name, email, email_verified, role, created_at, updated_at) values ('usr_0payer', 'P', 'payer@engawa.test', 1, 'viewer', 0, 0)",
    ).run();
    const row = entryOf({ at: Date.UTC(2023, 0), amount: 100, userId: 'usr_0payer' });
    await put.entries([row]);
    await env.DB.prepare("delete from users where id = 'usr_0payer'").run();
    const [kept] = await db.select().from(ledger).where(eq(ledger.id, row.id));
    expect(kept).toMatchObject({ userId: null, amount: 100 });
  });
});

it('needs no more than a few statements and rows where 200,000 plays were logged', async () => {
  const month = Date.UTC(2022, 4);
  const licensorId = await licensorOf('Many', { subscription: 5_000 });
  const made = await Promise.all(Array.from({ length: 20 }, () => titleOf(licensorId)));
  for (const { titleId, episodeId, licenceId } of made)
    await env.DB.prepare(
      `with recursive n(i) as (select 0 union all select i + 1 from n where i < 9999)
       insert into plays (id, title_id, episode_id, licence_id, country, plan_id, model, audio, started_at, last_at, periods, seconds)
       select 'ply_many' || ?1 || i, ?1, ?2, ?3, substr('JPUSDEFR', 1 + 2 * (i % 4), 2), 'many', 'subscription',
         iif(i % 3, 'ja', 'en'), ?4 + (i % 31) * 86400000, ?4, 1, 60 from n`,
    )
      .bind(titleId, episodeId, licenceId, month)
      .run();
  await put.entries(
    ['JP', 'US', 'DE', 'FR'].map((country) =>
      entryOf({ at: month, planId: 'many', country, amount: 1_000_003 }),
    ),
  );
  const told = await make({ licensorId, month: '2022-05' });
  expect(told).toMatchObject({ plays: 200_000, minutes: 200_000, owed: { jpy: 2_000_006 } });
  const { results } = await env.DB.prepare('select count(*) as n from play_days where day >= ?1 and day < ?2')
    .bind(month, monthAfter(month))
    .all<{ n: number }>();
  expect(results[0]!.n).toBe(20 * 31 * 4 * 3 - 20 * 31 * 4); // titles × days × countries × languages that fell on them
  const { meta } = await env.DB.prepare('select * from month_sums where month = ?1').bind(month).all();
  expect(meta.rows_read).toBeLessThan(1_000); // what a page or a statement reads
  await db.delete(plays).where(eq(plays.planId, 'many'));
}, 300_000);
