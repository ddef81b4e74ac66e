import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { asyncProperty, array, assert, constantFrom, nat, oneof, record, type Arbitrary } from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ageRatings } from '../../schema/catalog-terms.ts';
import { profiles } from '../../schema/db/profiles.ts';
import { titles, titleTranslations } from '../../schema/db/catalog.ts';
import app from '../app.ts';
import { newId } from '../platform/clock.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';
import { nothing, type Count } from '../testing/counted.ts';
import { person, type Person } from '../testing/people.ts';
import { keptForStrangers } from './cache.ts';
import { gunzip } from './gzip.ts';

const BEHIND_MS = 5_000;
const START = Date.UTC(2026, 4, 1);
type AgeRating = (typeof ageRatings)[number];

/**
 * An isolate of a Worker that keeps answers; what is counted is what it asks of D1 and KV.
 * @param prepared is told of each statement, before it is made
 */
function isolate(prepared: (sql: string) => void = () => {}) {
  const count: Pick<Count, 'd1' | 'kv'> = { d1: 0, kv: 0 };
  const watch = <T extends object>(inner: T, key: 'd1' | 'kv', names: string[]): T =>
    new Proxy(inner, {
      get(target, name) {
        if (names.includes(String(name))) count[key] += 1;
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  const bindings: Env = {
    ...env,
    CATALOGUE_BEHIND_MS: String(BEHIND_MS),
    DB: watch(
      new Proxy(env.DB, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...given: unknown[]): unknown => {
            if (name === 'prepare') prepared(given[0] as string);
            return Reflect.apply(member, target, given);
          };
        },
      }),
      'd1',
      ['prepare', 'batch'],
    ),
    KV: watch(env.KV, 'kv', ['get']),
  };
  /** One request as index.ts sends it on, and all that it leaves to be done. */
  const ask = async (path: string, { country = null, headers = {} }: Asked = {}): Promise<Response> => {
    const context = createExecutionContext();
    const cf = { country } as RequestInitCfProperties;
    const request = new Request(`https://engawa.test${path}`, { headers, cf });
    const answer =
      keptForStrangers(request, platform(bindings), (work) => context.waitUntil(work)) ??
      (await app.fetch(request, bindings, context));
    await waitOnExecutionContext(context);
    return answer;
  };
  return { ask, count };
}
type Asked = { country?: string | null; headers?: Record<string, string> };

const db = database(env.DB);
const change = (id: string, to: Partial<typeof titles.$inferInsert>) =>
  db
    .update(titles)
    .set(to)
    .where(eq(titles.id, id as 'ttl_'));
async function title(slug: string, to: Partial<typeof titles.$inferInsert> = {}) {
  const row = { id: `ttl_${slug}0`, slug, nameMain: slug, kind: 'series', status: 'airing' } as const;
  const rest = { ageRating: 'all', shownIn: '*', createdAt: 1, updatedAt: 1 } as const;
  await db.insert(titles).values({ ...row, ...rest, ...to });
  return row.id;
}
/** Somebody with one profile, of this age. */
async function household(ageCeiling: AgeRating): Promise<Person> {
  const id = newId('profile');
  const somebody = await person(id);
  const row = { id, userId: somebody.userId, name: 'Mio', avatar: 'fox', preferences: {} };
  await db.insert(profiles).values({ ...row, ageCeiling, createdAt: 1, updatedAt: 1 } as never);
  return somebody;
}
const slugs = async (answer: Response): Promise<string[]> =>
  (await answer.json<{ items: { slug: string }[] }>()).items.map(({ slug }) => slug).sort();

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: START }));
afterEach(() => vi.useRealTimers());
const wait = (ms: number) => vi.setSystemTime(Date.now() + ms);

describe('an answer that is kept', () => {
  it('costs no look at D1, and neither does 304; each second half of its time one, that nobody waits for', async () => {
    await title('kept');
    const { ask, count } = isolate();
    const first = await ask('/api/titles/kept');
    const tag = first.headers.get('etag')!;
    Object.assign(count, nothing);
    const headers = { 'if-none-match': `"other", ${tag}` };
    for (const again of [await ask('/api/titles/kept'), await ask('/api/titles/kept', { headers })]) {
      expect(again.headers.get('etag')).toBe(tag);
      expect(again.headers.get('cache-control')).toBe('private, max-age=0, stale-while-revalidate=10');
      // All that says whose profile asks (edge/accounts/me/profile-claim.ts), so that no program shows one what another was sent.
      expect(again.headers.get('vary')).toBe(
        'Cookie, Authorization, engawa-profile, Accept-Language, Accept-Encoding',
      );
      expect(again.headers.get('x-content-type-options')).toBe('nosniff');
      expect(await again.text()).toBe(again.status === 304 ? '' : await first.clone().text());
    }
    expect(count).toMatchObject({ d1: 0, kv: 0 });
    wait(BEHIND_MS / 2);
    expect((await ask('/api/titles/kept', { headers })).status).toBe(304);
    expect(count.d1).toBe(1);
    expect((await ask('/api/titles/kept', { headers })).status).toBe(304);
    expect(count.d1).toBe(1);
  });

  it('travels as gzip to who takes that, from when it was asked for again', async () => {
    await title('packed');
    const { ask } = isolate();
    const headers = { 'accept-encoding': 'gzip, br' };
    const whole = await (await ask('/api/titles/packed', { headers })).text();
    await ask('/api/titles/packed', { headers });
    const again = await ask('/api/titles/packed', { headers });
    expect(again.headers.get('content-encoding')).toBe('gzip');
    expect(new TextDecoder().decode(await gunzip(new Uint8Array(await again.arrayBuffer())))).toBe(whole);
    const plain = await ask('/api/titles/packed');
    expect(plain.headers.has('content-encoding')).toBe(false);
    expect(await plain.text()).toBe(whole);
  });

  it('is one for all spellings of a query', async () => {
    const { ask, count } = isolate();
    await ask('/api/titles?limit=3&sort=name');
    Object.assign(count, nothing);
    const spelt = ['sort=name&limit=3', 'limit=3&sort=name&utm=x', 'limit=3&sort=%6eame'];
    for (const query of spelt) expect((await ask(`/api/titles?${query}`)).status).toBe(200);
    expect(count.d1).toBe(0);
  });

  it('is no other for what nobody asked for, nor in another language where it has no words', async () => {
    await title('plain');
    const { ask, count } = isolate();
    for (const path of ['/api/titles/plain', '/api/addresses', '/api/facets']) await ask(path);
    Object.assign(count, nothing);
    expect((await ask('/api/titles/plain?utm=y')).status).toBe(200);
    expect((await ask('/api/addresses?utm=y')).status).toBe(200);
    for (const path of ['/api/addresses', '/api/facets'])
      expect((await ask(path, { headers: { 'accept-language': 'fr, de;q=0.5' } })).status).toBe(200);
    expect(count.d1).toBe(0);
  });

  it('is not remembered by addresses that would fill the memory', async () => {
    await title('long');
    const { ask, count } = isolate();
    const long = `/api/titles/long?x=${'y'.repeat(2_100_000)}`;
    for (const path of ['/api/titles/long', long]) expect((await ask(path)).status).toBe(200);
    Object.assign(count, nothing);
    // Found all the same, by its name: with the request id that only the way through everything gives.
    expect((await ask(long)).headers.has('x-request-id')).toBe(true);
    expect((await ask('/api/titles/long')).headers.has('x-request-id')).toBe(false);
    expect(count.d1).toBe(0);
  });

  it('goes by languages, not by what stands in their place', async () => {
    const id = await title('spoken');
    const said = { titleId: id as 'ttl_', name: null };
    await db.insert(titleTranslations).values([
      { ...said, locale: 'en', synopsis: 'A veranda.' },
      { ...said, locale: 'ja', synopsis: '縁側。' },
    ]);
    const { ask } = isolate();
    const synopsis = async (language: string) => {
      const answer = await ask('/api/titles/spoken', { headers: { 'accept-language': language } });
      return (await answer.json<{ synopsis: string }>()).synopsis;
    };
    expect(await synopsis('ja en')).toBe('A veranda.'); // one word that is no language
    expect(await synopsis('ja, en')).toBe('縁側。');
  });

  it('is made once, whoever asks meanwhile', async () => {
    const { ask, count } = isolate();
    await ask('/api/titles?limit=1');
    Object.assign(count, nothing);
    await Promise.all(Array.from({ length: 20 }, () => ask('/api/titles?limit=4')));
    expect(count.d1).toBe(1);
  });

  it('follows a takedown within its time, and at once where it was made', async () => {
    const id = await title('down');
    const [here, there] = [isolate(), isolate()];
    for (const { ask } of [here, there]) expect((await ask('/api/titles/down')).status).toBe(200);
    await change(id, { takenDownAt: Date.now() });
    wait(BEHIND_MS - 1);
    await there.ask('/api/titles/down'); // may be behind still, and looks
    expect((await there.ask('/api/titles/down')).status).toBe(451);
    wait(BEHIND_MS);
    expect((await here.ask('/api/titles/down')).status).toBe(451);
  });

  it('is nobody’s who works here, whatever others were answered', async () => {
    const editor = await person('cache-editor', 'editor');
    const id = await title('edited');
    const { ask, count } = isolate();
    await ask('/api/titles/edited');
    await change(id, { studio: 'Another' });
    Object.assign(count, nothing);
    const answer = await ask('/api/titles/edited', { headers: { cookie: editor.cookie } });
    expect(await answer.json()).toMatchObject({ studio: 'Another' });
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    expect(count.d1).toBeGreaterThan(0);
  });

  it('is made by the very viewing that it is kept by, though a profile becomes older meanwhile', async () => {
    await title('forgrownups', { ageRating: '18', createdAt: 7_000 });
    const [child, another] = [await household('7'), await household('7')];
    const list = '/api/titles?sort=newest&limit=3';
    let meanwhile = () => {};
    const { ask } = isolate((sql) => {
      if (sql.includes('catalogue_generation')) meanwhile();
    });
    const headers = { authorization: `Bearer ${child.token}` };
    await ask('/api/titles?sort=newest&limit=2', { headers });
    await db.update(profiles).set({ ageCeiling: '18' }).where(eq(profiles.userId, child.userId));
    wait(29_999);
    meanwhile = () => wait(1); // what is remembered of the child has been good for 30 s now
    await ask(list, { headers });
    meanwhile = () => {};
    const seen = await ask(list, { headers: { authorization: `Bearer ${another.token}` } });
    expect(await slugs(seen)).not.toContain('forgrownups');
  });

  it('is never a refusal', async () => {
    const { ask } = isolate();
    expect((await ask('/api/titles/never')).status).toBe(404);
    await title('never');
    wait(BEHIND_MS);
    expect((await ask('/api/titles/never')).status).toBe(200);
  });
});

const COUNTRIES = [null, 'JP', 'US'] as const;
const CEILINGS = ['7', '16', '18'] as const;
type Look = { shownIn: string; ageRating: AgeRating; takenDownAt: number | null };
type Step =
  | {
      ask: {
        country: (typeof COUNTRIES)[number];
        who: number;
        locale: string;
        isolate: number;
        page: number;
      };
    }
  | { change: { title: number; look: Look } }
  | { wait: number };

describe('whatever is asked, by whom, in whatever order with changes', () => {
  const households: Person[] = [];
  beforeAll(async () => {
    for (const ageCeiling of CEILINGS) households.push(await household(ageCeiling));
  });

  const look: Arbitrary<Look> = record({
    shownIn: constantFrom('*', ' JP ', ' JP US ', ''),
    ageRating: constantFrom(...ageRatings),
    takenDownAt: constantFrom(null, null, 1),
  });
  const step: Arbitrary<Step> = oneof(
    {
      weight: 6,
      arbitrary: record({
        ask: record({
          country: constantFrom(...COUNTRIES),
          who: nat(CEILINGS.length),
          locale: constantFrom('en', 'ja', 'ja, fr;q=0.5'),
          isolate: nat(1),
          page: nat(3),
        }),
      }),
    },
    { weight: 2, arbitrary: record({ change: record({ title: nat(2), look }) }) },
    { weight: 2, arbitrary: record({ wait: constantFrom(1, 1_000, 2_600, BEHIND_MS, 70_000) }) },
  );

  it('no answer holds a title that its viewer may not see, and none is older than was said', async () => {
    let run = 0;
    await assert(
      asyncProperty(array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        run += 1;
        const names = [0, 1, 2].map((n) => `run${run}x${n}`);
        const first: Look = { shownIn: '*', ageRating: 'all', takenDownAt: null };
        for (const name of names) await title(name, { ...first, createdAt: 10 + run });
        const isolates = [isolate(), isolate()];
        // Each state of the three with the time at which it began.
        const states: { at: number; looks: Look[] }[] = [{ at: -Infinity, looks: [first, first, first] }];
        for (const one of steps)
          if ('wait' in one) wait(one.wait);
          else if ('change' in one) {
            await change(`ttl_${names[one.change.title]!}0`, one.change.look);
            const looks = states.at(-1)!.looks.with(one.change.title, one.change.look);
            states.push({ at: Date.now(), looks });
          } else await judge(one.ask, names, states, isolates[one.ask.isolate]!);
      }),
      { numRuns: 40 },
    );
  }, 240_000);

  async function judge(
    { country, who, locale, page }: Extract<Step, { ask: unknown }>['ask'],
    names: string[],
    states: { at: number; looks: Look[] }[],
    { ask }: ReturnType<typeof isolate>,
  ) {
    const household = households[who];
    const ceiling = household ? CEILINGS[who]! : '16';
    const headers = {
      'accept-language': locale,
      ...(household ? { authorization: `Bearer ${household.token}` } : {}),
    };
    const shown = ({ shownIn, ageRating, takenDownAt }: Look) =>
      takenDownAt === null &&
      (shownIn === '*' || (country !== null && shownIn.includes(` ${country} `))) &&
      ageRatings.indexOf(ageRating) <= ageRatings.indexOf(ceiling);
    // What was true at some moment of the time that an answer may be behind.
    const may = states
      .filter((_, i) => (states[i + 1]?.at ?? Infinity) > Date.now() - BEHIND_MS || i === states.length - 1)
      .map(({ looks }) => looks.map(shown));
    const answer = await ask(
      page === 0 ? '/api/titles?sort=newest&limit=50' : `/api/titles/${names[page - 1]}`,
      { country, headers },
    );
    const listed = page === 0 ? await slugs(answer) : [];
    const told = page === 0 ? names.map((name) => listed.includes(name)) : [answer.status === 200];
    expect(may.map((all) => (page === 0 ? all : [all[page - 1]]))).toContainEqual(told);
  }
});
