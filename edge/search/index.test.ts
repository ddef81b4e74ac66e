import { env } from 'cloudflare:workers';
import { eq, inArray } from 'drizzle-orm';
import * as fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { titles, titleTranslations } from '../../schema/db/catalog.ts';
import { searchTexts } from '../../schema/db/search.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { indexTitle } from './index-title.ts';
import { reindex, sweepSearch } from './reindex.ts';

const db = database(env.DB);
const ids = ['ttl_index0001', 'ttl_index0002', 'ttl_index0003'] as const;
const base = { kind: 'series', status: 'finished', ageRating: 'all', shownIn: '*', createdAt: 0 } as const;

/** What the full-text tables hold, term by term, with whose it is. */
async function whole(): Promise<string[]> {
  const of = async (table: string) => {
    const { results } = await env.DB.prepare(
      `select t.title_id || '/' || t.source || '/' || t.part || '/' || t.text || ': ' || v.term || '@' || v.col || v.offset as entry
        from ${table} v left join search_texts t on t.id = v.doc`,
    ).all<{ entry: string | null }>();
    return results.map(({ entry }) => entry ?? 'of a text that is gone');
  };
  return [...(await of('all_trigrams')), ...(await of('all_tokens'))].toSorted();
}

beforeAll(async () => {
  for (const table of ['trigrams', 'tokens'])
    await env.DB.prepare(
      `create virtual table all_${table} using fts5vocab(search_${table}, instance)`,
    ).run();
});
beforeEach(async () => {
  await db.delete(titles).where(inArray(titles.id, [...ids]));
});

const NAMES: string[] = [
  'Kaze no Uta',
  '風の歌',
  'ガンダム 第2期',
  'Shōnen & Co.',
  'Re:Zero',
  '!!!',
  'K-ON!',
];
const name = fc.constantFrom(...NAMES);
const maybe = fc.option(name, { nil: null });
const change = fc.record(
  {
    nameMain: name,
    nameNative: maybe,
    nameEnglish: maybe,
    synonyms: fc.array(name, { maxLength: 3 }),
    studio: maybe,
    genres: fc.array(name, { maxLength: 2 }),
    tags: fc.array(name, { maxLength: 2 }),
    people: fc.array(fc.record({ name, native: maybe, role: fc.constant('director') }), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const translations = fc.uniqueArray(
  fc.record({ locale: fc.constantFrom('en', 'ja', 'de'), name: maybe, synopsis: maybe }),
  { maxLength: 3, selector: ({ locale }) => locale },
);
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      id: fc.constantFrom(...ids),
      change,
      translations,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), id: fc.constantFrom(...ids) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('take down' as const), id: fc.constantFrom(...ids) }) },
);

async function take(one: typeof step extends fc.Arbitrary<infer S> ? S : never, now: number): Promise<void> {
  if (one.do === 'erase') await db.delete(titles).where(eq(titles.id, one.id));
  else if (one.do === 'take down')
    await db.update(titles).set({ takenDownAt: now, updatedAt: now }).where(eq(titles.id, one.id));
  else {
    const { id, change, translations } = one;
    const fresh = { nameMain: 'Fresh', ...change };
    const there = (await db.select({ id: titles.id }).from(titles).where(eq(titles.id, id))).length > 0;
    await db.batch([
      there
        ? db
            .update(titles)
            .set({ ...change, updatedAt: now })
            .where(eq(titles.id, id))
        : db.insert(titles).values({ ...base, ...fresh, id, slug: id, updatedAt: now }),
      ...translations.map(({ locale, ...set }) =>
        db
          .insert(titleTranslations)
          .values({ titleId: id, locale, ...set })
          .onConflictDoUpdate({ target: [titleTranslations.titleId, titleTranslations.locale], set }),
      ),
      ...indexTitle(db, id, { ...(there ? change : fresh), translations }),
    ]);
  }
}

describe('the index', () => {
  it('is, after any changes, what it would be if it were built anew', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        await db.delete(titles).where(inArray(titles.id, [...ids]));
        expect(await whole()).toEqual([]); // a title takes its texts with it
        let now = 0;
        for (const one of steps) await take(one, ++now);
        const kept = await whole();
        expect(await reindex(db, { after: '', limit: 10 })).toMatchObject({ repaired: 0, next: null });
        await db.delete(searchTexts);
        expect(await whole()).toEqual([]);
        await reindex(db, { after: '', limit: 10 });
        expect(await whole()).toEqual(kept);
      }),
      { numRuns: 40 },
    );
  });

  it('is there once, however often and at once a change is made', async () => {
    await take({ do: 'change', id: ids[0], change: {}, translations: [] }, 1);
    const again = () => {
      const [first, ...rest] = indexTitle(db, ids[0], { nameMain: 'Many Hands', synonyms: ['Light Work'] });
      return db.batch([first!, ...rest]);
    };
    await Promise.all(Array.from({ length: 5 }, again));
    const rows = await db.select({ text: searchTexts.text }).from(searchTexts);
    expect(rows.map(({ text }) => text).toSorted()).toEqual(['Light Work', 'Many Hands']);
  });

  it('takes no texts for a title that is not there', async () => {
    const [first, ...rest] = indexTitle(db, 'ttl_index0009', { nameMain: 'Nobody' });
    await db.batch([first!, ...rest]);
    expect(await db.select().from(searchTexts)).toEqual([]);
  });
});

describe('mending', () => {
  beforeEach(async () => {
    for (const id of ids)
      await take({ do: 'change', id, change: { nameMain: `Name of ${id}` }, translations: [] }, 1);
  });

  it('writes what is wrong, missing or too much, and only that', async () => {
    const right = await whole();
    await db.update(titles).set({ nameMain: 'Written past the index' }).where(eq(titles.id, ids[0]));
    await db.delete(searchTexts).where(eq(searchTexts.titleId, ids[1]));
    expect(await reindex(db, { after: '', limit: 2 })).toEqual({ checked: 2, repaired: 2, next: ids[1] });
    expect(await reindex(db, { after: ids[1], limit: 2 })).toEqual({ checked: 1, repaired: 0, next: null });
    expect((await whole()).some((entry) => entry.includes('Written past the index'))).toBe(true);
    await db
      .update(titles)
      .set({ nameMain: `Name of ${ids[0]}` })
      .where(eq(titles.id, ids[0]));
    await reindex(db, { after: '', limit: 10 });
    expect(await whole()).toEqual(right);
  });

  it('is done by the sweeper, a part a time', async () => {
    const right = await whole();
    await db.delete(searchTexts);
    await sweepSearch({ db });
    expect(await whole()).toEqual(right);
  });

  it('is done for whoever runs the place, also where nothing looks wrong', async () => {
    const ask = async (json: unknown, as: 'admin' | 'editor') =>
      call('POST', '/api/admin/search/reindex', { token: await bearer(as), json });
    expect((await ask({}, 'editor')).status).toBe(403);
    expect(await (await ask({}, 'admin')).json()).toEqual({ checked: 3, repaired: 0, next: null });
    const right = await whole();
    await env.DB.prepare("insert into search_tokens (search_tokens) values ('delete-all')").run();
    expect(await (await ask({ rewrite: true }, 'admin')).json()).toMatchObject({ repaired: 3 });
    expect(await whole()).toEqual(right);
  });
});
