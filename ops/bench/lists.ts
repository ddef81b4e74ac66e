import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { issueToken } from '../../edge/accounts/tokens.ts';
import {
  adminEpisodeList,
  adminTitleList,
  AdminTitleCursor,
  EpisodeListCursor,
} from '../../edge/catalog/editors-list-queries.ts';
import { decodeCursor } from '../../edge/http/cursor.ts';
import { database, type Db } from '../../edge/platform/db.ts';
import { fill, realCatalogue, type Bangumi } from '../../edge/search/catalogue.fixture.ts';
import { testBindings } from '../../edge/testing/secrets.ts';
import { users } from '../../schema/db/accounts.ts';
import { AdminEpisodeQuery, AdminTitleQuery } from '../../schema/api/editing.ts';
import { bounded, shown, type Figure } from './figure.ts';
import { moreTitles } from './search-queries.ts';
import { workers, type Workers } from './workers.ts';

const ROWS = 10_000;
const EACH = 10;
/** How often each of these is asked; its time is the least, because what else the machine does only adds. */
const ROUNDS = 4;
const LIMIT = 50;
const SEED = 20_260_401;
/** A page late in a list; shorter lists are walked to their last full one. */
const LATE = 40;
const MOST_MS = 100;

/** What is asked of each list. `q` looks through the names of all titles, whatever page it is: it is judged by its time alone. */
const TITLES = ['', 'state=draft', 'state=published', 'state=taken-down', 'without=poster', 'without=logo'];
const TITLES_BY_NAME = ['q=no', 'q=進撃', 'q=zzzzzz', 'q=a&state=published'];
const LONG = 'ttl_mixed000000';
const EPISODES = [
  '',
  'state=without-media',
  'state=ready',
  'state=published',
  `titleId=${LONG}`,
  'airs=soon',
  'airs=soon&state=without-media',
  'airs=soon&state=ready',
  'airs=soon&state=published',
  `airs=soon&titleId=${LONG}`,
];
const EPISODES_BY_NAME = ['q=no', 'q=進撃', 'q=zzzzzz', 'q=a&state=ready'];

type Page = { next: string | null; items: unknown[] };
const paths = (base: string, queries: readonly string[]) =>
  queries.map((query) => `/api/admin/${base}?limit=${LIMIT}${query && `&${query}`}`);

/**
 * The lists that editors work through, each way that they are narrowed, over 10 000 titles and 10 000 episodes: what a first page takes
 * over HTTP of the built Worker in workerd, asked by one client one after the other; and how many rows D1 reads for the first page and
 * for a late one.
 */
export async function lists(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'engawa-lists-'));
  const served = await workers(folder);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const d1 = await served.flare.getD1Database('DB', 'engawa');
    await make(d1);
    const ask = asEditor(served, agent, await editor(served));
    const judged = [...paths('titles', TITLES), ...paths('episodes', EPISODES)];
    const byName = [...paths('titles', TITLES_BY_NAME), ...paths('episodes', EPISODES_BY_NAME)];
    for (const path of [...judged, ...byName]) await ask(path); // compiled
    const figures: Figure[] = [];
    for (const path of [...judged, ...byName]) figures.push(await time(path, ask));
    for (const path of judged) figures.push(...(await rowsOf(path, ask, d1)));
    return figures;
  } finally {
    agent.destroy();
    await served.flare.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

type D1 = Parameters<typeof fill>[0];
type Ask = (path: string) => Promise<Page>;

async function time(path: string, ask: Ask): Promise<Figure> {
  const took: number[] = [];
  for (let n = 0; n < EACH; n++) {
    let least = Infinity;
    for (let round = 0; round < ROUNDS; round++) {
      const from = performance.now();
      await ask(path);
      least = Math.min(least, performance.now() - from);
    }
    took.push(least);
  }
  took.sort((a, b) => a - b);
  const value = took[Math.ceil(EACH * 0.95) - 1]!;
  return bounded({ name: `${path}, first page, 95 % within`, value, unit: 'ms' }, MOST_MS);
}

async function rowsOf(path: string, ask: Ask, d1: D1): Promise<Figure[]> {
  let after: string | undefined;
  let page = await ask(path);
  let at = 1;
  while (at < LATE && page.next) {
    const next = await ask(`${path}&cursor=${page.next}`);
    if (next.items.length < LIMIT) break;
    [after, page] = [page.next, next];
    at += 1;
  }
  const first = await rowsRead(path, undefined, d1);
  const late = await rowsRead(path, after, d1);
  const name = `${path}, rows read`;
  return [
    shown({ name: `${name}, page 1`, value: first, unit: 'rows' }),
    // Some titles have more texts than others.
    bounded({ name: `${name}, page ${at}`, value: late, unit: 'rows' }, Math.ceil(first * 1.1)),
  ];
}

/** As D1 counts them. */
async function rowsRead(path: string, after: string | undefined, d1: D1): Promise<number> {
  const query = Object.fromEntries(new URLSearchParams(path.slice(path.indexOf('?'))));
  const db = database(d1);
  const asked = path.includes('/titles')
    ? titlesAsked(db, v.parse(AdminTitleQuery, query), after)
    : episodesAsked(db, v.parse(AdminEpisodeQuery, query), after);
  const { sql, params } = asked.toSQL();
  const { meta } = await d1
    .prepare(sql)
    .bind(...params)
    .all();
  return meta.rows_read;
}
const titlesAsked = (db: Db, asked: v.InferOutput<typeof AdminTitleQuery>, after?: string) =>
  adminTitleList(db, asked, decodeCursor(AdminTitleCursor, after), LIMIT);
const episodesAsked = (db: Db, asked: v.InferOutput<typeof AdminEpisodeQuery>, after?: string) =>
  adminEpisodeList(db, asked, {
    after: decodeCursor(EpisodeListCursor[asked.airs ? 'airs' : 'updated'], after),
    limit: LIMIT,
    now: Date.now(),
  });

/** Titles by the names of real ones, and episodes: a tenth of the titles are drafts, a fifth have no poster; half of the episodes are on the site. */
async function make(d1: D1): Promise<void> {
  const file = createRequire(import.meta.url).resolve('bangumi-data/dist/data.json');
  const real = realCatalogue(JSON.parse(await readFile(file, 'utf8')) as Bangumi);
  const mixed = moreTitles(real, ROWS - Math.min(real.length, ROWS - 100), SEED);
  await fill(d1, [...mixed, ...real].slice(0, ROWS));
  const image = JSON.stringify({ key: 'images/0.webp', width: 600, height: 900, thumbhash: null });
  const now = Date.now();
  const HOUR = 3_600_000;
  for (const [sql, ...values] of [
    [
      `update titles set updated_at = ? - (rowid * 7919 % 10007) * 60000, draft = rowid % 10 = 0,
        taken_down_at = iif(rowid % 97 = 0, 1, null), poster = iif(rowid % 5 = 0, null, ?), backdrop = ?`,
      now,
      image,
      image,
    ],
    [`insert into seasons (id, title_id, number) select 'ssn_' || substr(id, 5), id, 1 from titles`],
    // A long series has a thousand of them, the others one each.
    [
      `insert into episodes (id, title_id, season_id, season, number, airs_at, created_at, updated_at)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000)
        select 'ep_long' || i, ?, 'ssn_' || substr(?, 5), 1, i, ? + (i - 900) * ?, 0, ? - i * 61000 from n
        union all
        select 'ep_' || substr(id, 5), id, 'ssn_' || substr(id, 5), 1, 1, ? + (rowid % 9000 - 6000) * ?, 0, updated_at
        from (select rowid, * from titles where id <> ? limit ${ROWS - 1000})`,
      LONG,
      LONG,
      now,
      24 * HOUR,
      now,
      now,
      HOUR,
      LONG,
    ],
    [
      `insert into assets (id, episode_id, version, source_key, source_bytes, file_name, prefix, verified, created_at)
        select 'ast_' || substr(id, 4), id, 1, id, 1, 'a.mkv', id, 1, 0 from episodes where rowid % 20 < 11`,
    ],
    [`update episodes set asset_id = 'ast_' || substr(id, 4), published_at = 1 where rowid % 20 < 10`],
  ] as const)
    await d1
      .prepare(sql)
      .bind(...values)
      .run();
}

async function editor({ flare, ours }: Workers): Promise<string> {
  const person = { name: 'Bench', email: 'bench@engawa.test', emailVerified: true, role: 'editor' } as const;
  const now = new Date();
  await database(await flare.getD1Database('DB', 'engawa'))
    .insert(users)
    .values({ id: 'usr_bench', ...person, createdAt: now, updatedAt: now });
  const who = { userId: 'usr_bench', ...person };
  const origin = `http://localhost:${ours}`;
  return (await issueToken(origin, testBindings.AUTH_SIGNING_KEY, who, Date.now(), 3_600_000)).token;
}

const Answer = v.object({ items: v.array(v.unknown()), next: v.nullable(v.string()) });
const asEditor =
  ({ ours }: Workers, agent: Agent, token: string): Ask =>
  (path) =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}` };
      const url = new URL(path, 'http://localhost'); // what is not ASCII is written as addresses have it
      const to = { port: ours, host: '127.0.0.1', path: url.pathname + url.search, agent, headers };
      get(to, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => (text += part));
        answer.on('end', () => {
          if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode} ${text}`));
          else resolve(v.parse(Answer, JSON.parse(text)));
        });
      }).on('error', reject);
    });
