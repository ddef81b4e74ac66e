import { env } from 'cloudflare:workers';
import { eq, getTableName } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { AuditEntry } from '../../../schema/audit-chain.ts';
import type { AdminTitle } from '../../../schema/api/editing.ts';
import { auditEntries, auditNow } from '../../../schema/db/audit.ts';
import { audited, notAudited } from '../../../schema/db/audited.ts';
import { seasons, titles } from '../../../schema/db/catalog.ts';
import { database } from '../../platform/db.ts';
import { writtenDown, type Author } from '../../platform/written-down.ts';
import { call } from '../../testing/call.ts';
import { bearer } from '../../testing/sign-in.ts';

const db = database(env.DB);
const author: Author = {
  at: 1,
  request: 'req_test',
  operation: 'PATCH /api/test',
  actorId: 'usr_test',
  actorRole: 'editor',
  address: '192.0.2.1',
  country: 'JP',
  userAgent: 'a test',
};
const entriesOf = (request: string): Promise<AuditEntry[]> =>
  db.select().from(auditEntries).where(eq(auditEntries.request, request)).orderBy(auditEntries.seq);
const read = (json: string | null) => (json === null ? null : (JSON.parse(json) as Record<string, unknown>));

let token: string;
beforeAll(async () => {
  token = await bearer('editor');
});
const make = async (name: string): Promise<AdminTitle> =>
  (await call('POST', '/api/admin/titles', { token, json: { names: { main: name } } })).json();

describe('what staff change', () => {
  it('is written down with who, where from, before and after', async () => {
    const { id } = await make('Before');
    const answer = await call('PATCH', `/api/admin/titles/${id}`, {
      token,
      json: { names: { main: 'After' }, genres: ['Drama'], localNames: { fr: 'Après' } },
      headers: { 'cf-connecting-ip': '2001:db8::1', 'user-agent': 'Desk/1' },
      cf: { country: 'JP' } as RequestInitCfProperties,
    });
    const entries = await entriesOf(answer.headers.get('x-request-id')!);
    expect(entries).toMatchObject([
      {
        operation: 'PATCH /api/admin/titles/:id',
        actorId: 'usr_0testeditor',
        actorRole: 'editor',
        address: '2001:db8:0:0::/64',
        country: 'JP',
        userAgent: 'Desk/1',
        kind: 'titles',
        rowId: id,
        titleId: id,
        op: 'update',
      },
      { kind: 'title_translations', rowId: `${id} fr`, titleId: id, op: 'insert' },
    ]);
    expect(read(entries[0]!.before)).toEqual({ name_main: 'Before', genres: '[]' });
    expect(read(entries[0]!.after)).toEqual({ name_main: 'After', genres: '["Drama"]' });
    expect(read(entries[1]!.after)).toEqual({ title_id: id, locale: 'fr', name: 'Après' });
  });

  it('is not written down where nothing is different, or only what the system reckons', async () => {
    const { id } = await make('Same');
    const answer = await call('PATCH', `/api/admin/titles/${id}`, {
      token,
      json: { names: { main: 'Same' } },
    });
    expect(await entriesOf(answer.headers.get('x-request-id')!)).toEqual([]);
  });

  it('leaves no trace where it failed, and nobody else’s change is theirs', async () => {
    const signed = database(writtenDown(env.DB, author, () => {}));
    const at = { createdAt: 0, updatedAt: 0 };
    const row = {
      slug: 'once',
      kind: 'series',
      nameMain: 'x',
      status: 'announced',
      ageRating: 'all',
      ...at,
    } as const;
    await signed.insert(titles).values({ id: 'ttl_once', ...row });
    const count = (await entriesOf('req_test')).length;
    await expect(signed.insert(titles).values({ id: 'ttl_twice', ...row })).rejects.toThrow('Failed query');
    await expect(
      signed.batch([
        signed.update(titles).set({ nameMain: 'y' }).where(eq(titles.id, 'ttl_once')),
        signed.insert(titles).values({ id: 'ttl_twice', ...row }),
      ]),
    ).rejects.toThrow('UNIQUE');
    await Promise.all([
      db.update(titles).set({ nameMain: 'not theirs' }).where(eq(titles.id, 'ttl_once')),
      signed.select().from(titles),
    ]);
    expect((await entriesOf('req_test')).length).toBe(count);
    expect(await db.select().from(auditNow)).toEqual([]);
  });

  it('answers a writer as before, in one round trip', async () => {
    const batch = vi.fn<D1Database['batch']>((statements) => env.DB.batch(statements));
    const watched = new Proxy(env.DB, {
      get: (target, name) => (name === 'batch' ? batch : target.prepare.bind(target)),
    });
    const wrote = vi.fn<() => void>();
    const signed = database(writtenDown(watched, author, wrote));
    expect(await signed.select().from(titles).where(eq(titles.id, 'ttl_nothing'))).toEqual([]);
    expect(wrote).not.toHaveBeenCalled();
    const values = { id: 'ssn_1', titleId: 'ttl_once', number: 1 } as const;
    const made = await signed.insert(seasons).values(values).returning();
    expect(made).toEqual([{ ...values, name: null }]);
    const changed = signed.update(seasons).set({ name: 'A' }).where(eq(seasons.id, 'ssn_1'));
    expect((await changed.returning({ number: seasons.number, name: seasons.name }))[0]).toEqual({
      number: 1,
      name: 'A',
    });
    expect(
      await signed.update(seasons).set({ name: 'B' }).where(eq(seasons.id, 'ssn_0')).returning(),
    ).toEqual([]);
    expect(batch).toHaveBeenCalledTimes(3);
    const [rows, [gone]] = await signed.batch([
      signed.select().from(seasons),
      signed.delete(seasons).where(eq(seasons.id, 'ssn_1')).returning({ id: seasons.id }),
    ]);
    expect(rows).toHaveLength(1);
    expect(gone).toEqual({ id: 'ssn_1' });
    expect(batch).toHaveBeenCalledTimes(4);
    const bare = writtenDown(env.DB, author, wrote);
    const named = bare.prepare("update seasons set name = 'C' where id = ? returning id, name").bind('ssn_0');
    expect(await named.first()).toBeNull();
    expect(() => bare.exec('delete from seasons')).toThrow('not written down');
  });
});

describe('the log', () => {
  it('takes nothing back', async () => {
    for (const statement of [
      'update audit_entries set after = null',
      'delete from audit_entries',
      'update audit_seals set hash = 1',
      'delete from audit_seals',
    ])
      await expect(env.DB.prepare(statement).run()).rejects.toThrow('append-only');
  });

  it('knows every table: audited, or not and why', async () => {
    const { results } = await env.DB.prepare('pragma table_list').all<{ name: string; type: string }>();
    const tables = results
      .filter(({ name, type }) => type === 'table' && !/^(sqlite|_cf)_/.test(name))
      .map(({ name }) => name);
    const known = [...audited.map(({ table }) => getTableName(table)), ...Object.keys(notAudited)];
    expect(tables.filter((name) => !known.includes(name))).toEqual([]);
    expect(known.filter((name) => !tables.includes(name))).toEqual([]);
  });

  it('names columns that are there', () => {
    for (const { table, only = [], reckoned = [], withheld = [] } of audited) {
      const columns = getTableConfig(table).columns.map(({ name }) => name);
      for (const name of [...only, ...reckoned, ...withheld]) expect(columns).toContain(name);
    }
  });
});
