import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { database } from '../../edge/platform/db.ts';
import { issueToken } from '../../edge/accounts/tokens.ts';
import { testBindings } from '../../edge/testing/secrets.ts';
import { users } from '../../schema/db/accounts.ts';
import { episodes, seasons, titles, titleTranslations } from '../../schema/db/catalog.ts';
import { median, type Figure } from './figure.ts';
import { rate, type Ask } from './load.ts';
import { workers, type Workers } from './workers.ts';

const ROUNDS = 7;
const TITLES = 60;
const EPISODES = 12;

/**
 * How fast what is kept of the catalogue is answered, beside a route of one line in the same workerd, asked in turns: a list of 24 titles,
 * a title's page, and 304 to who has it; for strangers, who are most of a site's visits, and for somebody who is signed in.
 */
export async function catalogue(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'engawa-catalogue-'));
  const made = await workers(folder, { CATALOGUE_BEHIND_MS: '5000' });
  try {
    await fill(made);
    const { ours, hello } = made;
    const signedIn = { authorization: `Bearer ${await viewer(made)}` };
    const list = '/api/titles?limit=24';
    const title = '/api/titles/bench-7';
    const gzip = { 'accept-encoding': 'gzip' }; // as every browser sends
    const headers = { 'if-none-match': await tagOf(ours, title) };
    const asked: Record<string, { port: number; ask: () => Ask; status?: number }> = {
      hello: { port: hello, ask: () => ({ path: '/hello' }) },
      'a list of 24 titles': { port: ours, ask: () => ({ path: list, headers: gzip }) },
      'a title’s page': { port: ours, ask: () => ({ path: title, headers: gzip }) },
      'a 304 to who has that page': { port: ours, ask: () => ({ path: title, headers }), status: 304 },
      'a list, for somebody who is signed in': { port: ours, ask: () => ({ path: list, headers: signedIn }) },
    };
    const rates: Record<string, number[]> = {};
    for (const { port, ask, status } of Object.values(asked))
      await rate(port, ask, { ms: 1_000, ...(status ? { status } : {}) }); // compiled, and kept
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, { port, ask, status }] of Object.entries(asked))
        (rates[name] ??= []).push(await rate(port, ask, status ? { status } : {}));
    return Object.keys(asked)
      .slice(1)
      .map((name): Figure => {
        // Of each round for itself: a neighbour who comes or goes changes both.
        const ratio = median(rates[name]!.map((value, i) => value / rates['hello']![i]!));
        const judged = !name.includes('signed in');
        return {
          name: `${name}, kept, a second`,
          value: median(rates[name]!),
          unit: '/s',
          baseline: { name: 'a route of one line that says hello', value: median(rates['hello']!) },
          ratio,
          goal: judged ? 'ratio ≥ 0.8' : 'shown',
          met: !judged || ratio >= 0.8,
        };
      });
  } finally {
    await sleep(200); // what is still looked at in the background
    await made.flare.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function tagOf(port: number, path: string): Promise<string> {
  const answer = await fetch(`http://localhost:${port}${path}`);
  const tag = answer.headers.get('etag');
  if (!answer.ok || !tag) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
  return tag;
}

/** Titles as a catalogue has them, each with a season. */
async function fill({ flare }: Workers): Promise<void> {
  const db = database(await flare.getD1Database('DB', 'engawa'));
  const kinds = { kind: 'series', status: 'airing', ageRating: 'all', shownIn: '*' } as const;
  for (let n = 0; n < TITLES; n++) {
    const [id, seasonId] = [`ttl_bench${n}`, `ssn_bench${n}`] as const;
    const at = { createdAt: n, updatedAt: n };
    const names = {
      nameMain: `Bench no Uta ${n}`,
      nameNative: `縁側の歌 ${n}`,
      nameEnglish: `A Song of Benches ${n}`,
    };
    const facts = { genres: ['Drama', 'Music'], tags: ['school', 'band'], studio: 'Studio', year: 2026 };
    const poster = {
      key: `images/${n}.webp`,
      width: 600,
      height: 900,
      thumbhash: 'YJqGPQw7sFlslqhFafSE+Q6oJ1h2iHB2Rw==',
    };
    await db.insert(titles).values({ id, slug: `bench-${n}`, ...names, ...kinds, ...facts, poster, ...at });
    const synopsis = 'Five people who have never met sit on one veranda and begin to play. '.repeat(6);
    await db.insert(titleTranslations).values({ titleId: id, locale: 'en', name: null, synopsis });
    await db.insert(seasons).values({ id: seasonId, titleId: id, number: 1 });
    for (let number = 1; number <= EPISODES; number++) {
      const place = { titleId: id, seasonId, season: 1, number };
      const told = { name: `Episode ${number}`, synopsis: 'They play, and it rains.' };
      await db.insert(episodes).values({ id: `ep_bench${n}x${number}`, ...place, ...told, ...at });
    }
  }
}

async function viewer({ flare, ours }: Workers): Promise<string> {
  const person = { name: 'Bench', email: 'bench@engawa.test', emailVerified: true, role: 'viewer' } as const;
  const now = new Date();
  const row = { id: 'usr_bench', ...person, createdAt: now, updatedAt: now };
  await database(await flare.getD1Database('DB', 'engawa'))
    .insert(users)
    .values(row);
  const who = { userId: 'usr_bench', ...person };
  const origin = `http://localhost:${ours}`;
  return (await issueToken(origin, testBindings.AUTH_SIGNING_KEY, who, Date.now(), 3_600_000)).token;
}
