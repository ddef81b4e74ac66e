import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import type { Profile } from '../../../schema/api/me.ts';
import { users } from '../../../schema/db/accounts.ts';
import { profiles as profilesTable } from '../../../schema/db/profiles.ts';
import { newId } from '../../platform/clock.ts';
import { platform } from '../../platform/platform.ts';
import { call } from '../../testing/call.ts';
import { currentProfile } from './current-profile.ts';
import { codeOf, db, password, somebody } from './me.fixture.ts';
import { claimFor } from './profile-claim.ts';
import { deleteProfile, insertProfile, updateProfile } from './queries/profiles.ts';

const rows = (userId: string) => db.select().from(profilesTable).where(eq(profilesTable.userId, userId));
const other = { name: 'Other', avatar: 'moon' };
const times = <T>(n: number, make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => make(i)));
const named = async (list: Promise<Profile[]>, current = true) =>
  (await list).filter((p) => p.current === current).map(({ name }) => name);

describe('profiles', () => {
  it('begin with one that is made on first need, also by many at once', async () => {
    const mio = await somebody();
    await times(8, () => mio.profiles());
    expect(await mio.profiles()).toEqual([
      expect.objectContaining({ name: 'Mio Akiyama', ageCeiling: '18', locked: false, current: true }),
    ]);
    expect(await rows(mio.userId)).toHaveLength(1);
  });

  it('are five at most, however many ask at the same moment', async () => {
    const mio = await somebody();
    const answers = await times(12, async (i) =>
      codeOf(mio.ask('POST', '/api/me/profiles', { ...other, name: `P${i}` })),
    );
    expect(answers.filter((code) => code === 201).length).toBeLessThanOrEqual(4);
    expect(new Set(answers)).toEqual(new Set([201, 'conflict']));
    while ((await rows(mio.userId)).length < 5) await mio.add({});
    expect(await codeOf(mio.ask('POST', '/api/me/profiles', other))).toBe('conflict');
    expect(await rows(mio.userId)).toHaveLength(5);
  });

  it('keep one: the last cannot go, also where two delete the last two', async () => {
    const mio = await somebody();
    const [first] = await mio.profiles();
    expect(await codeOf(mio.ask('DELETE', `/api/me/profiles/${first!.id}`, {}))).toBe('conflict');
    const second = await mio.add({});
    const both = await Promise.all(
      [first!, second].map(({ id }) => codeOf(mio.ask('DELETE', `/api/me/profiles/${id}`, {}))),
    );
    expect(new Set(both)).toEqual(new Set([204, 'conflict']));
    expect(await rows(mio.userId)).toHaveLength(1);
  });

  it('are written only as long as they are what was decided from, also within one millisecond', async () => {
    const mio = await somebody();
    await mio.add({});
    const seen = await rows(mio.userId);
    const [first, second] = seen;
    const changed = await updateProfile(db, first!, { name: 'Changed' }, seen, first!.updatedAt);
    expect(changed!.updatedAt).toBeGreaterThan(first!.updatedAt);
    const row = { ...second!, id: newId('profile') };
    expect(await updateProfile(db, second!, { name: 'Late' }, seen, Date.now())).toBeUndefined();
    expect(await insertProfile(db, row, seen)).toBeUndefined();
    expect(await deleteProfile(db, second!, seen)).toBe(false);
    const now = await rows(mio.userId);
    expect(now.map(({ name }) => name)).not.toContain('Late');
    expect(await insertProfile(db, row, now)).toMatchObject({ id: row.id });
    expect(await deleteProfile(db, second!, now)).toBe(false);
    expect(await deleteProfile(db, second!, await rows(mio.userId))).toBe(true);
  });

  it('change what is named and nothing else', async () => {
    const mio = await somebody();
    const made = await mio.add({ preferences: { prefer: 'dub', audio: ['en'], subtitles: [] } });
    const answer = await mio.ask('PATCH', `/api/me/profiles/${made.id}`, { name: '  みお ', avatar: 'wave' });
    expect(await answer.json()).toEqual({ ...made, name: 'みお', avatar: 'wave' });
    expect(await (await mio.ask('PATCH', `/api/me/profiles/${made.id}`, {})).json()).toMatchObject({
      name: 'みお',
    });
  });

  it('are nobody else’s', async () => {
    const [mio, eve] = [await somebody(), await somebody()];
    const hers = await mio.add({});
    expect(await codeOf(eve.ask('PATCH', `/api/me/profiles/${hers.id}`, { name: 'Eve' }))).toBe('not-found');
    expect(await codeOf(eve.ask('DELETE', `/api/me/profiles/${hers.id}`, {}))).toBe('not-found');
    expect(await codeOf(eve.ask('POST', `/api/me/profiles/${hers.id}/enter`, {}))).toBe('not-found');
    const claim = (await mio.entered(hers.id)).headers;
    expect(await named(eve.profiles({ headers: claim }))).toEqual(['Mio Akiyama']);
    expect((await call('GET', '/api/me/profiles', { headers: claim })).status).toBe(401);
  });

  it('of an account that is gone are not made anew by a token that is not', async () => {
    const mio = await somebody();
    await db.delete(users).where(eq(users.id, mio.userId));
    expect(await codeOf(mio.ask('GET', '/api/me/profiles'))).toBe('not-signed-in');
  });

  it.each([
    ['a PIN of letters', { pin: 'abcd' }, '/pin'],
    ['a PIN of other digits', { pin: '١٢٣٤' }, '/pin'],
    ['a PIN that is a number', { pin: 1234 }, '/pin'],
    ['an avatar we do not have', { avatar: '../../secret' }, '/avatar'],
    ['an age we do not have', { ageCeiling: '99' }, '/ageCeiling'],
    ['an empty name', { name: ' \u3000 ' }, '/name'],
    ['a long name', { name: 'x'.repeat(41) }, '/name'],
    [
      'too many languages',
      { preferences: { prefer: 'sub', audio: Array(9).fill('en'), subtitles: [] } },
      '/preferences/audio',
    ],
  ])('refuse %s', async (_, json, pointer) => {
    const mio = await somebody();
    const answer = await mio.ask('POST', '/api/me/profiles', { ...other, ...json });
    expect(await answer.json()).toMatchObject({ code: 'invalid-request', errors: [{ pointer }] });
  });

  it('cannot be given an owner, an id or a hash', async () => {
    const [mio, eve] = [await somebody(), await somebody()];
    const made = await eve.add({ userId: mio.userId, id: 'prf_mine00000', pinHash: 'x', locked: true });
    expect(made).toMatchObject({ locked: false });
    expect(made.id).not.toBe('prf_mine00000');
    expect(await rows(mio.userId)).toEqual([]);
  });
});

describe('the current profile', () => {
  it('is in a cookie that scripts cannot read, and goes when it is left', async () => {
    const mio = await somebody();
    const made = await mio.add({ ageCeiling: '18', name: 'Other' });
    // A browser: signed in by the access cookie.
    const access = `__Host-engawa=${mio.token}`;
    const browser = (method: string, path: string, cookie: string, json?: unknown) =>
      call(method, path, { headers: { cookie, 'sec-fetch-site': 'same-origin' }, ...(json ? { json } : {}) });
    const answer = await browser('POST', `/api/me/profiles/${made.id}/enter`, access, {});
    const line = answer.headers.getSetCookie().find((set) => set.startsWith('__Host-engawa-profile='))!;
    for (const part of [/; HttpOnly/, /; Secure/, /; SameSite=Lax/, /; Path=\//]) expect(line).toMatch(part);
    const both = `${access}; ${line.split(';')[0]}`;
    const list = async (cookie: string) =>
      (await (await browser('GET', '/api/me/profiles', cookie)).json<{ items: Profile[] }>()).items;
    expect(await named(list(both))).toEqual(['Other']);
    expect(await named(list(access))).toEqual(['Mio Akiyama']);
    // Beside a bearer token cookies are not looked at.
    expect(await named(mio.profiles({ headers: { cookie: both } }))).toEqual(['Mio Akiyama']);
    const left = await browser('POST', '/api/me/profiles/leave', both);
    expect(left.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-engawa-profile=;.*Max-Age=0/),
    ]);
  });

  it('is none that a claim names which was changed, is over or was made up', async () => {
    const mio = await somebody();
    const made = await mio.add({ name: 'Other' });
    const { headers } = await mio.entered(made.id);
    const claim = headers['engawa-profile'];
    expect(await named(mio.profiles({ headers }))).toEqual(['Other']);
    const [id, lock, until, signature] = claim.split('~') as [string, string, string, string];
    const past = { ...platform(env), now: () => Date.now() - 400 * 86_400_000 };
    const row = (await rows(mio.userId)).find((r) => r.id === made.id)!;
    for (const bad of [
      '',
      '~',
      '~~~',
      id,
      `${id}~~${until}~`,
      `${id}~~${until}~${signature.slice(0, -2)}AA`,
      `${id}~${lock}~${Number(until) + 1}~${signature}`,
      `${id}~~99999999999999999~${signature}`,
      `${(await rows(mio.userId))[0]!.id}~~${until}~${signature}`,
      `${id}~~${until}~!!!not base64!!!`,
      'x'.repeat(4_000),
      (await claimFor(past, mio.userId, row)).claim,
      (await claimFor(platform(env), 'usr_somebodyelse', row)).claim,
    ])
      expect(await named(mio.profiles({ headers: { 'engawa-profile': bad } }))).toEqual(['Mio Akiyama']);
  });

  it('is left when a PIN is set on it or changed, but not by who sets it', async () => {
    const mio = await somebody();
    const made = await mio.add({ name: 'Other' });
    const before = await mio.entered(made.id);
    await mio.ask('PATCH', `/api/me/profiles/${made.id}`, { pin: '1234' });
    expect(await named(mio.profiles(before))).toEqual(['Mio Akiyama']);
    const within = await mio.entered(made.id, '1234');
    expect(await named(mio.profiles(within))).toEqual(['Other']);
    const cookie = `__Host-engawa=${mio.token}; __Host-engawa-profile=${within.headers['engawa-profile']}`;
    const changed = await call('PATCH', `/api/me/profiles/${made.id}`, {
      headers: { cookie },
      json: { pin: '4321', currentPin: '1234' },
    });
    expect(await changed.json()).toMatchObject({ current: true, locked: true });
    expect(changed.headers.getSetCookie()).toEqual([expect.stringContaining('__Host-engawa-profile=prf_')]);
    expect(await named(mio.profiles(within))).toEqual(['Mio Akiyama']);
  });

  it('is refused where all are locked and none was entered', async () => {
    const mio = await somebody();
    const [first] = await mio.profiles();
    await mio.ask('PATCH', `/api/me/profiles/${first!.id}`, { pin: '1234' });
    expect(await named(mio.profiles())).toEqual([]);
    const actor = { userId: mio.userId, name: '', email: '', emailVerified: true, role: 'viewer' } as const;
    const ask = (headers: Record<string, string>) =>
      currentProfile(platform(env), actor, new Headers(headers));
    await expect(ask({})).rejects.toMatchObject({ code: 'pin-required' });
    const { headers } = await mio.entered(first!.id, '1234');
    expect(await ask(headers)).toMatchObject({ id: first!.id, ageCeiling: '18' });
  });
});

describe('PINs', () => {
  const locked = async () => {
    const mio = await somebody();
    const [mine] = await mio.profiles();
    const kid = await mio.add({ name: 'Kid', ageCeiling: '7' });
    await mio.ask('PATCH', `/api/me/profiles/${mine!.id}`, { pin: '2468' });
    return { mio, mine: mine!, kid };
  };

  it('are kept as a salted hash that the database alone cannot check', async () => {
    const { mio, mine } = await locked();
    const row = (await rows(mio.userId)).find((r) => r.id === mine.id);
    expect(row!.pinHash).toMatch(/^pbkdf2\$100000\$[\w-]{22}\$[\w-]{43}$/);
    expect(JSON.stringify(await mio.profiles())).not.toContain('pbkdf2');
    const again = await somebody();
    const [theirs] = await again.profiles();
    await again.ask('PATCH', `/api/me/profiles/${theirs!.id}`, { pin: '2468' });
    expect((await rows(again.userId))[0]!.pinHash).not.toBe(row!.pinHash);
  });

  it('are asked for, and guessed five times, by however many at once', async () => {
    const { mio, mine } = await locked();
    const enter = (json: object) => codeOf(mio.ask('POST', `/api/me/profiles/${mine.id}/enter`, json));
    expect(await enter({})).toBe('pin-required');
    expect(await enter({ pin: '2468' })).toBe(200);
    const guesses = await times(30, (i) => enter({ pin: String(1000 + i) }));
    expect(guesses.filter((code) => code === 'wrong-pin')).toHaveLength(5);
    expect(guesses.filter((code) => code === 'too-many-requests')).toHaveLength(25);
    const right = await mio.ask('POST', `/api/me/profiles/${mine.id}/enter`, { pin: '2468' });
    expect(await right.json()).toMatchObject({
      code: 'too-many-requests',
      retryAt: expect.any(Number) as number,
    });
    expect(right.headers.get('retry-after')).toMatch(/^\d+$/);
    // No other way round: the same count holds where the PIN is given as a proof; the password still opens.
    const change = (json: object) => codeOf(mio.ask('PATCH', `/api/me/profiles/${mine.id}`, json));
    expect(await change({ pin: null, currentPin: '2468' })).toBe('too-many-requests');
    expect(await change({ pin: null, password })).toBe(200);
    expect(await enter({})).toBe(200);
  });

  it('that are right cost no try', async () => {
    const { mio, mine } = await locked();
    for (let i = 0; i < 7; i++)
      expect(await codeOf(mio.ask('POST', `/api/me/profiles/${mine.id}/enter`, { pin: '2468' }))).toBe(200);
  });

  it('keep a child in an open profile from making or altering a grown-up’s', async () => {
    const { mio, mine, kid } = await locked();
    const at = (id: string) => `/api/me/profiles/${id}`;
    const attempts: [string, string, object][] = [
      ['POST', '/api/me/profiles', { ...other, ageCeiling: '18' }],
      ['POST', '/api/me/profiles', { ...other }],
      ['POST', '/api/me/profiles', { ...other, ageCeiling: '7', pin: '1111' }],
      ['PATCH', at(kid.id), { ageCeiling: '12' }],
      ['PATCH', at(kid.id), { pin: '1111' }],
      ['PATCH', at(kid.id), { pin: '1111', currentPin: '1111' }],
      ['PATCH', at(kid.id), { ageCeiling: '18', currentPin: '1111', pinOf: kid.id }],
      ['DELETE', at(kid.id), {}],
      ['PATCH', at(mine.id), { pin: null }],
      ['PATCH', at(mine.id), { ageCeiling: 'all' }],
      ['PATCH', at(mine.id), { name: 'Kid was here' }],
      ['PATCH', at(mine.id), { preferences: { prefer: 'dub', audio: [], subtitles: [] } }],
      ['DELETE', at(mine.id), {}],
    ];
    for (const [method, path, json] of attempts)
      expect([json, await codeOf(mio.ask(method, path, json))]).toEqual([
        json,
        expect.stringMatching(/^(proof-required|wrong-pin)$/),
      ]);
    expect(await codeOf(mio.ask('PATCH', at(kid.id), { name: 'Ritsu', avatar: 'fox' }))).toBe(200);
    expect(await codeOf(mio.ask('POST', '/api/me/profiles', { ...other, ageCeiling: '7' }))).toBe(201);
    const list = await mio.profiles();
    expect(list.find((p) => p.id === mine.id)).toMatchObject({
      name: 'Mio Akiyama',
      locked: true,
      ageCeiling: '18',
    });
  });

  it('of a grown-up, or the password, let one do all that', async () => {
    const { mio, mine, kid } = await locked();
    const at = (id: string) => `/api/me/profiles/${id}`;
    expect(await codeOf(mio.ask('PATCH', at(kid.id), { ageCeiling: '12', currentPin: '2468' }))).toBe(200);
    expect(
      await codeOf(mio.ask('PATCH', at(kid.id), { pin: '1111', currentPin: '2468', pinOf: mine.id })),
    ).toBe(200);
    // The child knows that one now: it opens what the child may see, and no more.
    expect(await codeOf(mio.ask('PATCH', at(kid.id), { ageCeiling: '18', currentPin: '1111' }))).toBe(
      'proof-required',
    );
    const make = { ...other, ageCeiling: '18', currentPin: '1111', pinOf: kid.id };
    expect(await codeOf(mio.ask('POST', '/api/me/profiles', make))).toBe('proof-required');
    expect(await codeOf(mio.ask('DELETE', at(mine.id), { currentPin: '1111', pinOf: kid.id }))).toBe(
      'proof-required',
    );
    expect(await codeOf(mio.ask('POST', '/api/me/profiles', { ...other, currentPin: '2468' }))).toBe(201);
    expect(await codeOf(mio.ask('PATCH', at(kid.id), { ageCeiling: '18', password: 'wrong password' }))).toBe(
      'wrong-password',
    );
    expect(await codeOf(mio.ask('PATCH', at(kid.id), { ageCeiling: '18', password }))).toBe(200);
    expect(await codeOf(mio.ask('DELETE', at(mine.id), { currentPin: '2468' }))).toBe(204);
  });

  it('do not help while a grown-up locks the profile in the same moment', async () => {
    for (let round = 0; round < 4; round++) {
      const mio = await somebody();
      const [mine] = await mio.profiles();
      await mio.add({ name: 'Kid', ageCeiling: '7' });
      const [lock, make] = await Promise.all([
        codeOf(mio.ask('PATCH', `/api/me/profiles/${mine!.id}`, { pin: '2468' })),
        codeOf(mio.ask('POST', '/api/me/profiles', { ...other, ageCeiling: '18' })),
      ]);
      expect(lock).toBe(200);
      const grown = (await rows(mio.userId)).filter((r) => r.ageCeiling === '18');
      // Either it was made while it might be, before the lock, or not at all.
      expect(make === 201 ? grown.length : make).toBe(make === 201 ? 2 : 'proof-required');
    }
  });

  it('that are the first of an account are set by one of two who set one at the same moment', async () => {
    const mio = await somebody();
    const [mine] = await mio.profiles();
    const both = await Promise.all([
      codeOf(mio.ask('PATCH', `/api/me/profiles/${mine!.id}`, { pin: '2468' })),
      codeOf(mio.ask('POST', '/api/me/profiles', { ...other, pin: '1111' })),
    ]);
    // Both were decided when nothing was locked; for whoever writes second something is.
    expect(both.filter((code) => code === 'proof-required')).toHaveLength(1);
    expect((await rows(mio.userId)).filter((row) => row.pinHash !== null)).toHaveLength(1);
  });

  it('need the password where the account has none that goes so far, and the password has tries as well', async () => {
    const mio = await somebody();
    const [mine] = await mio.profiles();
    const lower = () => mio.ask('PATCH', `/api/me/profiles/${mine!.id}`, { ageCeiling: '12' });
    expect(await codeOf(lower())).toBe(200);
    const raise = (json: object) =>
      codeOf(mio.ask('PATCH', `/api/me/profiles/${mine!.id}`, { ageCeiling: '18', ...json }));
    expect(await raise({})).toBe('proof-required');
    const guesses = await times(14, (i) => raise({ password: `guess number ${i}` }));
    expect(guesses.filter((code) => code === 'wrong-password')).toHaveLength(10);
    expect(await raise({ password })).toBe('too-many-requests');
    expect((await mio.profiles())[0]).toMatchObject({ ageCeiling: '12' });
  });

  it('are in no log', async () => {
    const lines: unknown[] = [];
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, level).mockImplementation((...args) => void lines.push(args));
    const { mio, mine } = await locked();
    await mio.ask('POST', `/api/me/profiles/${mine.id}/enter`, { pin: '9753' });
    vi.restoreAllMocks();
    expect(JSON.stringify(lines)).not.toMatch(/2468|9753/);
  });
});
