import { env } from 'cloudflare:workers';
import { asc } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { AuditPage, AuditState, ExportLine } from '../../../schema/api/audit.ts';
import type { AdminTitle } from '../../../schema/api/editing.ts';
import { linesOf, verifyLog, type Opened } from '../../../schema/audit-log.ts';
import { auditEntries, auditSeals } from '../../../schema/db/audit.ts';
import { decodeJwt } from 'jose';
import type { Anchor } from '../../../schema/audit-chain.ts';
import { database } from '../../platform/db.ts';
import { platform } from '../../platform/platform.ts';
import { writtenDown } from '../../platform/written-down.ts';
import { titles } from '../../../schema/db/catalog.ts';
import { call } from '../../testing/call.ts';
import { person, type Person } from '../../testing/people.ts';
import { bearer } from '../../testing/sign-in.ts';
import { lastAnchor, sweepAudit } from './anchors.ts';
import { entryList } from './queries.ts';
import { digest, sealEntries } from './seal.ts';

const db = database(env.DB);
const outside = platform(env);
const HOUR = 3_600_000;
const later = (ms: number): typeof outside =>
  Object.create(outside, { now: { value: () => Date.now() + ms } }) as typeof outside;

let token: string;
let admin: Person;
beforeAll(async () => {
  token = await bearer('admin');
  admin = await person('auditor', 'admin');
});
const make = async (main: string): Promise<AdminTitle> =>
  (await call('POST', '/api/admin/titles', { token, json: { names: { main } } })).json();
const state = async (): Promise<AuditState> =>
  (await call('GET', '/api/admin/audit/state', { token })).json();
const page = async (query: string): Promise<AuditPage> =>
  (await call('GET', `/api/admin/audit?${query}`, { token })).json();

async function* pieces(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 1_000) yield text.slice(at, at + 1_000);
}
const open = (jws: string): Promise<Opened> =>
  Promise.resolve({ anchor: decodeJwt(jws) as unknown as Anchor, known: true });
const exported = async () => (await admin.ask('GET', '/api/admin/audit/export')).text();
const verify = (text: string) => verifyLog(linesOf(pieces(text)), digest, open);

describe('the chain', () => {
  it('is the same, however many isolates make it at once', async () => {
    const row = {
      kind: 'series',
      status: 'announced',
      ageRating: 'all',
      createdAt: 0,
      updatedAt: 0,
    } as const;
    const who = {
      at: 1,
      request: 'req_bulk',
      operation: 'x',
      actorId: 'u',
      actorRole: 'editor',
      address: null,
      country: null,
      userAgent: null,
    } as const;
    const signed = database(writtenDown(env.DB, who, () => {}));
    for (let i = 0; i < 12; i++)
      await signed.batch([
        signed.insert(titles).values({ id: `ttl_b${i}`, slug: `b${i}`, nameMain: 'b', ...row }),
      ]);
    await Promise.all(Array.from({ length: 5 }, () => sealEntries(outside)));
    const entries = await db.select().from(auditEntries);
    expect(await db.select().from(auditSeals)).toHaveLength(entries.length);
    expect(await verify(await exported())).toMatchObject({ fault: null, unsealed: 0, seq: entries.length });
  });

  it('does not take another seal for an entry than the one that it has', async () => {
    const [first] = await db.select().from(auditSeals).orderBy(asc(auditSeals.seq)).limit(1);
    // What `sealEntries` writes, from an isolate that saw something else: the alarm is the error.
    await expect(
      env.DB.prepare(
        'insert into audit_seals (seq, hash) values (?, ?) on conflict (seq) do update set hash = excluded.hash where audit_seals.hash <> excluded.hash',
      )
        .bind(first!.seq, 'another')
        .run(),
    ).rejects.toThrow('append-only');
  });

  it('is sealed after each request, and its head signed by the sweeper', async () => {
    await make('Sealed');
    await vi.waitFor(async () => {
      const { last, sealed } = await state();
      expect(sealed!.seq).toBe(last!.seq);
    });
    await sweepAudit(outside);
    const { sealed, anchored } = await state();
    expect(anchored).toMatchObject({ seq: sealed!.seq, hash: sealed!.hash });
    // It follows the chain an hour later, not at once.
    await make('Later');
    await sweepAudit(outside);
    expect((await lastAnchor(outside))!.seq).toBe(anchored!.seq);
    await sweepAudit(later(HOUR + 1));
    expect((await lastAnchor(later(HOUR + 1)))!.seq).toBeGreaterThan(anchored!.seq);
    expect(await verify(await exported())).toMatchObject({ fault: null, unproven: [], forged: [] });
  });

  it('that was made anew keeps the anchor of the one before, and is found out by it', async () => {
    await sweepAudit(outside);
    const good = await exported();
    const anchored = (await lastAnchor(later(HOUR)))!;
    const forged = good.split('\n').map((text) => {
      if (!text) return text;
      const line = JSON.parse(text) as ExportLine;
      return line.line === 'entry'
        ? JSON.stringify({ ...line, entry: { ...line.entry, actorId: 'usr_nobody' } })
        : text;
    });
    expect((await verify(forged.join('\n'))).fault).toMatchObject({ what: 'altered' });
    const cut = good.split('\n').filter((text) => !text.includes(`"seal":"${anchored.hash}"`));
    expect((await verify(cut.join('\n'))).fault).not.toBeNull();
    await expect(verify(good.slice(0, -40))).rejects.toThrow(/broke off|no line/);
  });
});

describe('searching the log', () => {
  it('narrows by who, what, which, when and words', async () => {
    const from = Date.now();
    const { id } = await make('Findable 縁側物語');
    const changed = await call('PATCH', `/api/admin/titles/${id}`, { token, json: { year: 2031 } });
    const request = changed.headers.get('x-request-id')!;
    const all = await page(`of=${id}`);
    expect(all.items.map(({ op }) => op)).toEqual(['update', 'insert']);
    expect(all.names[id]).toBe('Findable 縁側物語');
    expect(all.items[0]).toMatchObject({
      operation: 'PATCH /api/admin/titles/:id',
      actor: { id: 'usr_0testadmin', name: 'Test admin', role: 'admin' },
      fields: [{ name: 'year', before: null, after: 2031 }],
      undo: 'yes',
    });
    expect((await page(`request=${request}`)).items).toHaveLength(1);
    expect((await page(`q=${encodeURIComponent('縁側物')}`)).items).toHaveLength(1);
    expect((await page(`q=${encodeURIComponent('" OR seq')}`)).items).toHaveLength(0);
    expect(
      (await page(`of=${id}&operation=${encodeURIComponent('POST /api/admin/titles')}`)).items,
    ).toHaveLength(1);
    expect((await page(`of=${id}&actor=usr_0testeditor`)).items).toHaveLength(0);
    expect((await page(`kind=titles&from=${from}`)).items).toHaveLength(2);
    expect((await page(`of=${id}&to=${from}`)).items).toHaveLength(0);
    const first = await page(`of=${id}&limit=1`);
    expect((await page(`of=${id}&limit=1&cursor=${first.next}`)).items[0]!.op).toBe('insert');
    expect((await call('GET', '/api/admin/audit?q=ab', { token })).status).toBe(400);
  });

  it('costs the same on every page', async () => {
    const row = {
      at: 5,
      request: 'req_many',
      operation: 'x',
      actorId: 'usr_many',
      actorRole: 'editor',
      kind: 'many',
      rowId: 'm',
      op: 'act',
    } as const;
    for (let i = 0; i < 60; i++) await db.insert(auditEntries).values(Array.from({ length: 10 }, () => row));
    const read = async (where: string) => {
      const { meta } = await env.DB.prepare(
        `select * from audit_entries left join users on users.id = actor_id where ${where} order by seq desc limit 51`,
      ).all();
      return meta.rows_read;
    };
    for (const where of [
      'true',
      "actor_id = 'usr_many'",
      "kind = 'many'",
      "row_id = 'm'",
      "operation = 'x'",
    ]) {
      expect([where, (await read(where)) <= 130]).toEqual([where, true]);
      expect(await read(`${where} and seq < 300`)).toBeLessThanOrEqual(130);
    }
    await db.insert(auditEntries).values({ ...row, rowId: 'the-common-word-once' });
    for (let i = 0; i < 60; i++)
      await db
        .insert(auditEntries)
        .values(Array.from({ length: 10 }, () => ({ ...row, rowId: 'common-word' })));
    let rows = 0;
    const list = async (before: number | null) => {
      const asked = vi.spyOn(env.DB, 'prepare');
      const found = await entryList(db, { q: 'common-word' }, before, 50);
      const statements = asked.mock.calls.map(([text]) => text);
      asked.mockRestore();
      expect(statements).toHaveLength(1);
      const values = ['"common-word"', ...(before === null ? [] : [before]), 51];
      const { meta } = await env.DB.prepare(statements[0]!)
        .bind(...values)
        .all();
      rows = meta.rows_read;
      return found;
    };
    const found = await list(null);
    expect(found).toHaveLength(51);
    expect(rows).toBeLessThanOrEqual(300);
    const further = await list(found[40]!.seq);
    expect(further[0]!.seq).toBe(found[41]!.seq);
    expect(rows).toBeLessThanOrEqual(300);
  });
});
