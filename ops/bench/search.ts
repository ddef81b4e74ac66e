import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, insertMultiple, search as searchOrama } from '@orama/orama';
import MiniSearch from 'minisearch';
import * as v from 'valibot';
import { database } from '../../edge/platform/db.ts';
import { askFor } from '../../edge/search/ask.ts';
import {
  fill,
  namesOf,
  realCatalogue,
  type Bangumi,
  type Entry,
} from '../../edge/search/catalogue.fixture.ts';
import { fold } from '../../edge/search/fold.ts';
import { found } from '../../edge/search/queries.ts';
import { SearchResult } from '../../schema/api/search.ts';
import { bounded, shown, type Figure } from './figure.ts';
import { moreTitles, queryClasses, type Asked } from './search-queries.ts';
import { workers, type Workers } from './workers.ts';

const EACH = 300;
const SEED = 20_260_401;
const LARGE = 50_000;
/** Of queries whose title is among the first ten. What has none is shown, not judged: more titles than ten have it in common. */
const LEAST: Record<string, number> = {
  exact: 1,
  prefix: 1,
  'one typo': 0.99,
  'two typos': 0.98,
  'four Japanese letters': 0.96,
  'two kanji': 0.95,
};
/** Rows that a search may read, of those of a scan. */
const SHARE = 0.05;

/** How often each query is asked; its time is the least of these, because what else the machine does only adds. */
const ROUNDS = 3;

/** @param round asked for differently each time, so that no cache answers */
type Search = (q: string, round: number) => Promise<string[]>;
type Tried = { hits: number; ms: number[] };

/**
 * Search over every anime of npm `bangumi-data`, asked over HTTP of the built Worker in workerd by one client on this machine, one
 * request after another; MiniSearch and Orama answer the same queries in this process.
 */
export async function search(): Promise<Figure[]> {
  const file = createRequire(import.meta.url).resolve('bangumi-data/dist/data.json');
  const entries = realCatalogue(JSON.parse(await readFile(file, 'utf8')) as Bangumi);
  const classes = queryClasses(entries, EACH, SEED);
  const folder = await mkdtemp(join(tmpdir(), 'engawa-search-'));
  const served = await workers(folder);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const d1 = await served.flare.getD1Database('DB', 'engawa');
    await fill(d1, entries);
    const ours = overHttp(served, agent);
    const others = { MiniSearch: miniSearch(entries), Orama: await orama(entries) };
    const same = sameNames(entries);
    await tryAll(ours, queryClasses(entries, 30, SEED + 1), same, 1); // compiled
    const engawa = await tryAll(ours, classes, same);
    const mini = await tryAll(others.MiniSearch, classes, same, 1);
    const theirs = await tryAll(others.Orama, classes, same, 1);
    const rows = await rowsRead(d1, [...classes.values()].flat());
    await fill(d1, moreTitles(entries, LARGE - entries.length, SEED));
    await tryAll(ours, queryClasses(entries, 30, SEED + 1), same, 1);
    const large = await tryAll(ours, queryClasses(entries, EACH / 3, SEED), same);
    return [
      ...[...classes.keys()].map((kind) => hitRate(kind, engawa, mini)),
      ...[...classes.keys()].map((kind) => shown({ ...named(`Orama: ${kind}`), value: rate(theirs, kind) })),
      bounded(
        { name: 'rows read by a search, the most', value: Math.max(...rows), unit: 'rows' },
        entries.length * SHARE,
      ),
      shown({ name: 'rows read by a search, half of them', value: percentile(rows, 0.5), unit: 'rows' }),
      ...times(`${entries.length} titles`, engawa, 0.99, 10),
      ...times(`${LARGE} titles`, large, 0.95, 50),
      ...times('MiniSearch, in process', mini, 0.99),
      ...times('Orama, in process', theirs, 0.99),
    ];
  } finally {
    agent.destroy();
    await served.flare.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

const named = (kind: string) => ({ name: `found among the first ten, ${kind}`, unit: '' });
const rate = (tried: ReadonlyMap<string, Tried>, kind: string) => tried.get(kind)!.hits / EACH;

function hitRate(kind: string, ours: ReadonlyMap<string, Tried>, mini: ReadonlyMap<string, Tried>): Figure {
  const value = rate(ours, kind);
  const least = LEAST[kind] ?? null;
  const baseline = { name: 'MiniSearch', value: rate(mini, kind) };
  const goal = least === null ? 'shown' : `≥ ${least}`;
  return { ...named(kind), value, baseline, ratio: null, goal, met: least === null || value >= least };
}

function times(of: string, tried: ReadonlyMap<string, Tried>, share: number, atMost?: number): Figure[] {
  const all = [...tried.values()].flatMap(({ ms }) => ms);
  const at = (part: number) => ({
    name: `a search, ${of}, ${Math.round(part * 100)} % within`,
    value: percentile(all, part),
    unit: 'ms',
  });
  const judged = at(share);
  return [shown(at(0.5)), atMost === undefined ? shown(judged) : bounded(judged, atMost)];
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!;
}

/** Titles that go by the same name as one: remakes, and what is listed twice. */
function sameNames(entries: readonly Entry[]): (a: string, b: string) => boolean {
  const names = new Map<string, Set<string>>(
    entries.map((entry) => [entry.id, new Set(namesOf(entry).map((name) => fold(name).words.join('')))]),
  );
  return (a, b) => a === b || [...(names.get(a) ?? [])].some((name) => names.get(b)?.has(name));
}

async function tryAll(
  ask: Search,
  classes: ReadonlyMap<string, readonly Asked[]>,
  same: (a: string, b: string) => boolean,
  rounds = ROUNDS,
): Promise<Map<string, Tried>> {
  const all = new Map<string, Tried>();
  for (let round = 0; round < rounds; round++)
    for (const [kind, queries] of classes) {
      const tried = all.get(kind) ?? { hits: 0, ms: queries.map(() => Infinity) };
      all.set(kind, tried);
      for (const [n, { q, id }] of queries.entries()) {
        const from = performance.now();
        const ids = await ask(q, round);
        tried.ms[n] = Math.min(tried.ms[n]!, performance.now() - from);
        if (round === 0 && ids.slice(0, 10).some((one) => same(id, one))) tried.hits += 1;
      }
    }
  return all;
}

const overHttp =
  ({ ours }: Pick<Workers, 'ours'>, agent: Agent): Search =>
  (q, round) =>
    new Promise((resolve, reject) => {
      const path = `/api/search?${new URLSearchParams({ q, limit: String(10 + round) }).toString()}`;
      get({ port: ours, host: '127.0.0.1', path, agent }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => (text += part));
        answer.on('end', () => {
          if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode} ${text}`));
          else resolve(v.parse(SearchResult, JSON.parse(text)).items.map(({ title }) => title.id));
        });
      }).on('error', reject);
    });

/** As D1 counts them: what a search costs. */
async function rowsRead(d1: Parameters<typeof fill>[0], queries: readonly Asked[]): Promise<number[]> {
  const viewing = { country: null, ceiling: '16', locale: 'en' } as const;
  const counts: number[] = [];
  for (const { q } of queries) {
    const ask = askFor(q);
    if (!ask) continue;
    const { sql, params } = found(database(d1), viewing, ask).toSQL();
    counts.push(
      (
        await d1
          .prepare(sql)
          .bind(...params)
          .all()
      ).meta.rows_read,
    );
  }
  return counts;
}

/** As its own documentation has it, forgiving a fifth of a word. */
function miniSearch(entries: readonly Entry[]): Search {
  const index = new MiniSearch<{ id: string; names: string }>({ fields: ['names'] });
  index.addAll(entries.map((entry) => ({ id: entry.id, names: namesOf(entry).join('\n') })));
  return async (q) => index.search(q, { prefix: true, fuzzy: 0.2 }).map(({ id }) => String(id));
}

/** Its own tokenizers know no Japanese or Chinese; this one splits as MiniSearch does. */
const tokenizer = {
  language: 'english',
  normalizationCache: new Map<string, string>(),
  tokenize: (text: string) => [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s\p{P}]+/u)
        .filter((word) => word !== ''),
    ),
  ],
};
async function orama(entries: readonly Entry[]): Promise<Search> {
  const index = create({ schema: { id: 'string', names: 'string[]' }, components: { tokenizer } });
  await insertMultiple(
    index,
    entries.map((entry) => ({ id: entry.id, names: namesOf(entry) })),
  );
  return async (term) => {
    const { hits } = await searchOrama(index, { term, properties: ['names'], tolerance: 1, limit: 10 });
    return hits.map(({ id }) => id);
  };
}
