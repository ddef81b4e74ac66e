import { env } from 'cloudflare:workers';
import { and, asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../../schema/api/page.ts';
import type { Account, Person } from '../../../schema/api/people.ts';
import { credentials, passkeys, sessions, twoFactors, users } from '../../../schema/db/accounts.ts';
import { auditEntries } from '../../../schema/db/audit.ts';
import { profiles } from '../../../schema/db/profiles.ts';
import { database } from '../../platform/db.ts';
import { newId } from '../../platform/clock.ts';
import { counted } from '../../testing/counted.ts';
import { call } from '../../testing/call.ts';
import { person, signIn, type Person as SignedIn } from '../../testing/people.ts';
import { bearer } from '../../testing/sign-in.ts';

const db = database(env.DB);
const admin = async (method: string, path: string, json?: unknown) =>
  call(method, path, { token: await bearer('admin'), ...(json === undefined ? {} : { json }) });
const codeOf = async (answer: Response) => (await answer.json<{ code: string }>()).code;
const reason = 'Asked about a refund, ticket 42.';
const actsOn = (id: string) =>
  db
    .select({ kind: auditEntries.kind, after: auditEntries.after, operation: auditEntries.operation })
    .from(auditEntries)
    .where(and(eq(auditEntries.rowId, id), eq(auditEntries.op, 'act')))
    .orderBy(asc(auditEntries.seq));

describe('the list, with 10,000 people', () => {
  const MANY = 10_000;
  beforeAll(async () => {
    const numbers = JSON.stringify(Array.from({ length: MANY }, (_, n) => n + 1));
    await env.DB.batch([
      env.DB.prepare(
        `insert into users (id, name, email, email_verified, role, two_factor_enabled, closes_at, created_at, updated_at)
         select printf('usr_m%05d', value), printf('Name %05d', value), printf('many%05d@list.test', value), value % 50 <> 0,
           iif(value % 100 = 0, 'editor', 'viewer'), 0, iif(value % 200 = 0, 9e12 - value, null), value, value from json_each(?)`,
      ).bind(numbers),
      env.DB.prepare(
        `insert into plans (id, name, streams, ads, downloads, created_at, updated_at) values ('rare', 'Rare', 1, 0, 0, 0, 0)`,
      ),
      env.DB.prepare(
        `insert into subscriptions (id, user_id, plan_id, source, since, created_at, updated_at)
         select printf('sbn_m%05d', value), printf('usr_m%05d', value), 'rare', 'staff', 0, 0, 0 from json_each(?) where value % 100 = 1`,
      ).bind(numbers),
    ]);
  }, 60_000);

  /** Every page of a question, with the rows that the longest read took. */
  async function pages(query: string, limit = 50, most = 6) {
    const get = counted(await bearer('admin'));
    const found: Person[] = [];
    let [cursor, rows]: [string | null, number] = ['', 0];
    for (let n = 0; n < most && cursor !== null; n++) {
      const { answer, count } = await get('GET', `/api/admin/users?limit=${limit}&${query}${cursor}`);
      const page = await answer.json<Page<Person>>();
      found.push(...page.items);
      rows = Math.max(rows, count.rows);
      cursor = page.next === null ? null : `&cursor=${page.next}`;
    }
    return { found, rows, done: cursor === null };
  }
  const ids = (people: readonly Person[]) => people.map(({ id }) => id);

  it.each([
    ['everybody, the newest first', ''],
    ['by role', 'role=editor'],
    ['by plan', 'plan=rare'],
    ['not verified', 'state=unverified'],
    ['about to be deleted', 'state=closing'],
    ['by address', 'q=MANY0'],
    ['by name', 'q=name%200'],
  ])('%s costs the same on every page, and tells nobody twice', async (_, query) => {
    const { found, rows } = await pages(query);
    expect(found.length).toBeGreaterThanOrEqual(50);
    expect(new Set(ids(found)).size).toBe(found.length);
    // Each of 51, what they are on and its plan, with the rows of indexes that lead there; the guard’s, and where the page before ended.
    expect(rows).toBeLessThan(51 * 8 + 20);
  });

  it('narrows to what was asked for', async () => {
    const editors = await pages('role=editor', 100);
    expect(editors.found.every(({ role }) => role === 'editor')).toBe(true);
    expect(editors.done).toBe(true);
    const plan = await pages('plan=rare', 100);
    expect(plan.found).toHaveLength(100);
    expect(new Set(plan.found.map(({ planId }) => planId))).toEqual(new Set(['rare']));
    const closing = await pages('state=closing', 100);
    expect(closing.found).toHaveLength(50);
    const times = closing.found.map(({ closesAt }) => closesAt!);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const newest = await pages('', 50, 2);
    expect(ids(newest.found)).toEqual([...ids(newest.found)].sort().reverse());
    expect((await pages('state=unverified', 100)).found.every((one) => !one.emailVerified)).toBe(true);
  });

  it('finds by address first, then by name, whoever is both once', async () => {
    const at = { emailVerified: true, createdAt: new Date(0), updatedAt: new Date(0) };
    await db.insert(users).values([
      { id: 'usr_zoe1', name: 'Somebody', email: 'zoe@list.test', ...at },
      { id: 'usr_zoe2', name: 'Zoe', email: 'zoe.two@list.test', ...at },
      { id: 'usr_zoe3', name: 'zoë', email: 'third@list.test', ...at },
      { id: 'usr_zoe4', name: 'ZOE Four', email: 'fourth@list.test', ...at },
    ]);
    for (const limit of [1, 2, 50])
      expect(ids((await pages('q=Zo', limit)).found)).toEqual([
        'usr_zoe2',
        'usr_zoe1',
        'usr_zoe4',
        'usr_zoe3',
      ]);
    expect((await pages('q=nobody%25')).found).toEqual([]);
  });

  it('shows no address, not even to whoever reads its cursor', async () => {
    const text = await (await admin('GET', '/api/admin/users?q=many0&limit=2')).text();
    expect(text).toContain('ma…@list.test');
    const { next } = JSON.parse(text) as Page<Person>;
    expect(text + atob(next!.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain('many0');
  });

  it('takes one question at a time', async () => {
    expect(await codeOf(await admin('GET', '/api/admin/users?q=a&role=admin'))).toBe('invalid-request');
    expect(await codeOf(await admin('GET', '/api/admin/users?cursor=bm8'))).toBe('invalid-request');
  });
});

describe('an account, as support sees it', () => {
  const SECRETS = [
    'planted-hash',
    'planted-totp',
    'planted-codes',
    'planted-pin',
    'planted-key',
    'planted-session',
    '203.0.113.77',
  ];
  const at = { createdAt: new Date(), updatedAt: new Date() };
  let mio: SignedIn;
  const open = () => admin('GET', `/api/admin/users/${mio.userId}`);

  beforeAll(async () => {
    mio = await person('Mio-of-support');
    const { userId } = mio;
    const secret = { id: 'two', secret: 'planted-totp', backupCodes: 'planted-codes', userId };
    await db.insert(twoFactors).values(secret);
    await db.update(users).set({ twoFactorEnabled: true }).where(eq(users.id, userId));
    await db.update(credentials).set({ password: 'planted-hash' }).where(eq(credentials.userId, userId));
    await db.insert(passkeys).values({
      id: 'planted-key-id',
      userId,
      name: 'n',
      publicKey: 'planted-key',
      counter: 1,
      transports: [],
      createdAt: 1,
    });
    await db.insert(sessions).values({
      ...at,
      id: 'ses-known',
      token: 'planted-session',
      userId,
      ipAddress: '203.0.113.77',
      userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0',
      country: 'JP',
      city: 'Kyoto',
      expiresAt: new Date(Date.now() + 60_000),
    });
    await db.insert(profiles).values({
      id: newId('profile'),
      userId,
      name: 'Kids',
      avatar: 'fox',
      ageCeiling: '7',
      pinHash: 'planted-pin',
      preferences: { prefer: 'sub', audio: [], subtitles: [], shield: false },
      createdAt: 1,
      updatedAt: 1,
    });
  });

  it('holds no secret, no address of the network, and the e-mail address masked', async () => {
    const text = await (await open()).text();
    for (const planted of [...SECRETS, mio.email, 'mio-of-support@'])
      expect(text.toLowerCase()).not.toContain(planted.toLowerCase());
    const account = JSON.parse(text) as Account;
    expect(account).toMatchObject({
      email: 'mi…@people.test',
      signIn: { password: true, app: true, passkeys: 1 },
      profiles: [{ name: 'Kids', ageCeiling: '7', locked: true }],
      streams: [],
    });
    expect(account.devices.find(({ id }) => id === 'ses-known')).toMatchObject({
      browser: 'Firefox',
      os: 'Windows',
      city: 'Kyoto',
      country: 'JP',
      current: false,
    });
    expect(text).not.toContain('plays');
  });

  it('is written down when it is opened, once for one look', async () => {
    await Promise.all([open(), open()]);
    await open();
    const entries = (await actsOn(mio.userId)).filter(({ after }) => after?.includes('opened'));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ kind: 'accounts', operation: 'GET /api/admin/users/:id' });
  });

  it('shows the address, and what was played, for a reason that is written down', async () => {
    const path = (what: string) => `/api/admin/users/${mio.userId}/${what}`;
    expect(await codeOf(await admin('POST', path('email'), { reason: '' }))).toBe('invalid-request');
    expect(await (await admin('POST', path('email'), { reason })).json()).toEqual({ email: mio.email });
    expect(await (await admin('POST', path('plays'), { reason })).json()).toEqual({ items: [] });
    const entries = (await actsOn(mio.userId)).map(({ after }) => after);
    expect(entries).toContain(JSON.stringify({ shown: 'email', reason }));
    expect(entries).toContain(JSON.stringify({ shown: 'plays', reason }));
  });

  it('is not there for who is not', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/email'],
      ['POST', '/plays'],
      ['DELETE', '/sessions'],
      ['DELETE', '/sessions/gone'],
    ] as const) {
      const json = method === 'POST' ? { reason } : undefined;
      expect((await admin(method, `/api/admin/users/usr_0nobody${path}`, json)).status).toBe(404);
    }
    expect(await actsOn('usr_0nobody')).toEqual([]);
  });
});

describe('ending somebody’s sessions', () => {
  it('signs one device out, or all of them', async () => {
    const ken = await person('Ken-signed-out');
    const other = await signIn(ken.email);
    const asks = async (cookie: string) =>
      (await call('POST', '/api/me/keep', { headers: { cookie } })).status; // looks the session up
    const { devices } = await (await admin('GET', `/api/admin/users/${ken.userId}`)).json<Account>();
    expect(devices).toHaveLength(2);
    const security = await (await ken.ask('GET', '/api/me/security')).json<Pick<Account, 'devices'>>();
    const own = security.devices.find(({ current }) => current);
    const one = `/api/admin/users/${ken.userId}/sessions/${own!.id}`;
    expect((await admin('DELETE', one)).status).toBe(204);
    expect([await asks(ken.cookie), await asks(other)]).toEqual([401, 200]);
    expect((await admin('DELETE', one)).status).toBe(404);
    expect((await admin('DELETE', `/api/admin/users/${ken.userId}/sessions`)).status).toBe(204);
    expect(await asks(other)).toBe(401);
    expect((await actsOn(ken.userId)).map(({ after }) => after)).toEqual(
      expect.arrayContaining(['{"ended":"one"}', '{"ended":"all"}']),
    );
  });
});
