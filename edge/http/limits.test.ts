import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProblemDocument } from '../../schema/problem.ts';
import type { Play } from '../../schema/api/playback.ts';
import { episodeWith, worldWide } from '../playback/playback.fixture.ts';
import { call } from '../testing/call.ts';
import { person, PASSWORD, type Person } from '../testing/people.ts';
import { addressOf } from './address.ts';
import { limits } from './allowances.ts';

const signIn = (email: string, given: string, headers: Record<string, string> = {}) =>
  call('POST', '/api/auth/sign-in', { json: { email, password: given }, headers });
const from = (address: string) => ({ 'cf-connecting-ip': address });
/** Some address of the network, another for each number. */
const addressNo = (n: number) => `203.0.${n >> 8}.${n & 255}`;
const knownTo = ({ cookie }: Person) =>
  cookie.split('; ').find((pair) => pair.startsWith('__Host-engawa-known='))!;
const statuses = async (answers: Promise<Response>[]) => {
  const count: Record<number, number> = {};
  for (const { status } of await Promise.all(answers)) count[status] = (count[status] ?? 0) + 1;
  return count;
};

afterEach(() => {
  vi.restoreAllMocks();
});

// On a busy machine a thousand requests at the same moment take their time.
describe('1,000 sign-ins at once on one account', { timeout: 120_000 }, () => {
  const { pair, account } = limits['sign-in'];
  // The rate-limit binding would turn most of them away before they are counted.
  beforeEach(() => void vi.spyOn(env.LIMIT_AUTH, 'limit').mockResolvedValue({ success: true }));

  it('are admitted exactly as often as one address may', async () => {
    const answers = Array.from({ length: 1_000 }, () => signIn('one-address@engawa.test', 'wrong'));
    expect(await statuses(answers)).toEqual({ 401: pair.limit, 429: 1_000 - pair.limit });
  });

  it('are admitted exactly as often as the account allows, from many addresses', async () => {
    const answers = Array.from({ length: 1_000 }, (_, n) =>
      signIn('many-addresses@engawa.test', 'wrong', from(addressNo(n % 40))),
    );
    expect(await statuses(answers)).toEqual({ 401: account.limit, 429: 1_000 - account.limit });
  });
});

describe('a refusal', () => {
  it('says in words what was too much, and when to try again', async () => {
    const email = 'worded@engawa.test';
    const wrong = () => signIn(email, 'wrong', from('198.51.100.1'));
    await Promise.all(Array.from({ length: limits['sign-in'].pair.limit }, wrong));
    const answer = await wrong();
    expect(answer.status).toBe(429);
    const problem = await answer.json<ProblemDocument>();
    expect(problem.code).toBe('too-many-requests');
    expect(problem.detail).toBe('Too many attempts to sign in. Try again in 15 minutes.');
    const seconds = Number(answer.headers.get('retry-after'));
    expect(Math.abs(problem.retryAt! - Date.now() - seconds * 1_000)).toBeLessThan(2_000);
    expect(seconds).toBeGreaterThan(14 * 60);
  });

  it('comes without the password being looked at, and without a row being read', async () => {
    const email = 'unread@engawa.test';
    const wrong = () => signIn(email, 'wrong', from('198.51.100.2'));
    await Promise.all(Array.from({ length: limits['sign-in'].pair.limit }, wrong));
    const prepare = vi.spyOn(env.DB, 'prepare');
    expect((await wrong()).status).toBe(429);
    expect(prepare).not.toHaveBeenCalled();
  });
});

describe('people who know their password', () => {
  it('use nothing up', async () => {
    const { email } = await person('often');
    for (let n = 0; n < limits['sign-in'].pair.limit + 2; n += 1)
      expect((await signIn(email, PASSWORD, from('198.51.100.3'))).status).toBe(200);
  });

  it('are not locked out by strangers, where they have signed in before', async () => {
    const target = await person('target');
    const [email, known] = [target.email, knownTo(target)];
    await Promise.all(
      Array.from({ length: limits['sign-in'].account.limit }, (_, n) =>
        signIn(email, 'wrong', from(addressNo(1_000 + n))),
      ),
    );
    const elsewhere = from('198.51.100.4');
    expect((await signIn(email, PASSWORD, elsewhere)).status).toBe(429);
    expect((await signIn(email, PASSWORD, { ...elsewhere, cookie: known })).status).toBe(200);
  });

  it('have that for their own account only, and a thief of the cookie has ten tries', async () => {
    const { pair, account } = limits['sign-in'];
    const me = await person('cookie-mine');
    const [mine, theirs, known] = [me.email, (await person('cookie-theirs')).email, knownTo(me)];
    await Promise.all(
      Array.from({ length: account.limit }, (_, n) => signIn(theirs, 'wrong', from(addressNo(2_000 + n)))),
    );
    expect((await signIn(theirs, PASSWORD, { ...from('198.51.100.5'), cookie: known })).status).toBe(429);
    const forged = known.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));
    const tries = Array.from({ length: pair.limit + 3 }, (_, n) =>
      signIn(mine, 'wrong', { ...from(addressNo(3_000 + n)), cookie: known }),
    );
    expect(await statuses(tries)).toEqual({ 401: pair.limit, 429: 3 });
    // Changed, it is nobody's cookie: counted as a stranger's.
    expect((await signIn(mine, 'wrong', { ...from('198.51.100.6'), cookie: forged })).status).toBe(401);
  });
});

describe('an address', () => {
  it('is refused after too many wrong passwords, on whatever accounts', async () => {
    const { limit } = limits['sign-in'].address;
    const answers = Array.from({ length: limit + 5 }, (_, n) =>
      signIn(`spread-${n}@engawa.test`, 'wrong', from('198.51.100.7')),
    );
    expect(await statuses(answers)).toEqual({ 401: limit, 429: 5 });
  });

  it('makes so many accounts an hour', async () => {
    vi.spyOn(env.LIMIT_AUTH, 'limit').mockResolvedValue({ success: true });
    const { limit } = limits['sign-up'].address;
    const answers = Array.from({ length: limit + 2 }, (_, n) =>
      call('POST', '/api/auth/sign-up', {
        json: { name: 'Bot', email: `bot-${n}@engawa.test`, password: PASSWORD },
        headers: from('2001:db8:1:2::1'),
      }),
    );
    expect(await statuses(answers)).toEqual({ 202: limit, 429: 2 });
  });

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['127.0.0.1', null],
    ['::1', null],
    ['', null],
  ])('%s counts as %s', (header, expected) => {
    expect(addressOf(new Headers(header ? { 'cf-connecting-ip': header } : {}))).toBe(expected);
  });
});

describe('where nothing can be counted', () => {
  it('the rate-limit binding lets everybody through', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    vi.spyOn(env.LIMIT_AUTH, 'limit').mockRejectedValue(new Error('away'));
    expect((await signIn('rough@engawa.test', 'wrong', from('198.51.100.8'))).status).toBe(401);
  });

  it('the binding turns a flood away before it is counted', async () => {
    vi.spyOn(env.LIMIT_AUTH, 'limit').mockResolvedValue({ success: false });
    const counted = vi.spyOn(env.COUNTER, 'getByName');
    expect((await signIn('flood@engawa.test', 'wrong', from('198.51.100.9'))).status).toBe(429);
    expect(counted).not.toHaveBeenCalled();
  });

  it('the counter lets nobody through', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    vi.spyOn(env.COUNTER, 'getByName').mockImplementation(() => {
      throw new Error('overloaded');
    });
    const answer = await signIn('closed@engawa.test', 'wrong', from('198.51.100.10'));
    expect(await answer.json()).toMatchObject({ code: 'unavailable' });
  });
});

describe('a PIN', () => {
  it('is tried a few times at once, and so often a day', async () => {
    const viewer = await person('pin-guesser');
    const locked = { name: 'Locked', avatar: 'koi', ageCeiling: '7', pin: '9753' };
    const { id } = await (
      await viewer.ask('POST', '/api/me/profiles', { json: locked })
    ).json<{ id: string }>();
    const guess = () => viewer.ask('POST', `/api/me/profiles/${id}/enter`, { json: { pin: '0000' } });
    const { account, daily } = limits.pin;
    const start = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: start });
    try {
      let tried = 0;
      for (let round = 0; round < 8; round += 1) {
        vi.setSystemTime(start + round * account.windowMs);
        const answers = await Promise.all(Array.from({ length: account.limit + 1 }, guess));
        const wrong = answers.filter(({ status }) => status !== 429).length;
        expect(wrong).toBe(tried < daily ? account.limit : 0);
        tried += wrong;
      }
      expect(tried).toBe(daily);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('what is counted roughly only', () => {
  const refuse = (limit: RateLimit) => vi.spyOn(limit, 'limit').mockResolvedValue({ success: false });
  const problem = async (answer: Response) => ({ status: answer.status, ...(await answer.json<object>()) });

  it('is plays, by account', async () => {
    const viewer = await person('plays-a-lot');
    const asked = refuse(env.LIMIT_PLAY);
    const answer = await viewer.ask('POST', '/api/episodes/ep_00000000/hls');
    expect(await problem(answer)).toMatchObject({
      code: 'too-many-requests',
      detail: expect.stringContaining('plays'),
    });
    expect(asked).toHaveBeenCalledExactlyOnceWith({ key: `play:${viewer.userId}` });
  });

  it('is uploads, by account', async () => {
    refuse(env.LIMIT_UPLOADS);
    const editor = await person('sends-a-lot', 'editor');
    expect((await editor.ask('GET', '/api/uploads/upl_00000000')).status).toBe(429);
    expect((await editor.ask('GET', '/api/me')).status).toBe(200);
  });

  it('is searches, by address: anybody may search', async () => {
    const asked = refuse(env.LIMIT_SEARCH);
    const from = (address: string) =>
      call('GET', '/api/search/suggest?q=kaze', { headers: { 'cf-connecting-ip': address } });
    expect(await problem(await from('203.0.113.7'))).toMatchObject({
      status: 429,
      detail: expect.stringContaining('searches'),
    });
    expect(asked).toHaveBeenCalledExactlyOnceWith({ key: 'search:203.0.113.7' });
    asked.mockResolvedValue({ success: true });
    expect((await from('203.0.113.8')).status).toBe(200);
  });

  it('is keys, by account and in lots: most of them ask nobody', async () => {
    const { episodeId } = await episodeWith('keys', [worldWide], {
      change: (pkg) => ({ ...pkg, periods: 60 }),
    });
    const viewer = await person('asks-for-keys');
    const cf = { country: 'JP' } as RequestInitCfProperties;
    const play = await (
      await viewer.ask('POST', `/api/episodes/${episodeId}/hls`, { json: {}, cf })
    ).json<Play>();
    let period = 0; // one that was given of late asks nobody at all
    const key = () => call('GET', new URL(play.masterUrl).pathname.replace('master.m3u8', `key/${period++}`));
    const asked = vi.spyOn(env.LIMIT_KEYS, 'limit').mockResolvedValue({ success: true });
    for (let n = 0; n < 50; n += 1) expect((await key()).status).toBe(200);
    expect(asked).toHaveBeenCalledExactlyOnceWith({ key: `keys:${viewer.userId}` });
    asked.mockResolvedValue({ success: false });
    const answer = await key();
    expect(await problem(answer)).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*'); // or a player could not read why
    expect((await key()).status).toBe(429);
    expect(asked).toHaveBeenCalledTimes(2);
  });
});

it('names nobody where it counts', async () => {
  const names: string[] = [];
  const getByName = env.COUNTER.getByName.bind(env.COUNTER);
  vi.spyOn(env.COUNTER, 'getByName').mockImplementation((name) => {
    names.push(name);
    return getByName(name);
  });
  await signIn('nameless@engawa.test', 'wrong', from('198.51.100.11'));
  await signIn('nameless+tag@engawa.test', 'wrong', from('198.51.100.11'));
  expect(names).toHaveLength(4);
  for (const name of names) expect(name).toMatch(/^sign-in:(address|account):[\w-]{22}$/);
  expect(new Set(names).size).toBe(2); // the same address, and the same mailbox
});
