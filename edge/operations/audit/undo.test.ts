import { env } from 'cloudflare:workers';
import { asc, eq, sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AuditPage, Undone } from '../../../schema/api/audit.ts';
import type { AdminTitle, AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import * as catalog from '../../../schema/db/catalog.ts';
import { auditEntries, auditSeals } from '../../../schema/db/audit.ts';
import { searchTexts } from '../../../schema/db/search.ts';
import { verifier } from '../../../schema/audit-verify.ts';
import { database } from '../../platform/db.ts';
import { platform } from '../../platform/platform.ts';
import { call } from '../../testing/call.ts';
import { bearer } from '../../testing/sign-in.ts';
import { digest, sealEntries } from './seal.ts';

const db = database(env.DB);
let editor: string;
let admin: string;
beforeAll(async () => {
  [editor, admin] = [await bearer('editor'), await bearer('admin')];
});

type Did = { request: string; status: number; body: unknown };
async function send(method: string, path: string, json?: unknown, token = editor): Promise<Did> {
  const answer = await call(method, `/api/admin${path}`, { token, ...(json === undefined ? {} : { json }) });
  const body: unknown = answer.status === 204 ? null : await answer.json();
  return { request: answer.headers.get('x-request-id')!, status: answer.status, body };
}
const undo = (request: string, token = editor) => send('POST', `/changes/${request}/undo`, undefined, token);
const made = async (main: string): Promise<AdminTitle> =>
  (await send('POST', '/titles', { names: { main }, genres: ['Drama'], synopsis: { en: `About ${main}.` } }))
    .body as AdminTitle;
const read = async (id: string): Promise<AdminTitleDetail> =>
  (await send('GET', `/titles/${id}`)).body as AdminTitleDetail;

/** The catalogue, with what lists and search find it by; without what each change moves on. */
async function everything() {
  const {
    titles,
    titleTranslations,
    seasons,
    episodes,
    episodeTranslations,
    titleRelations,
    episodeOrders,
    titleFacets,
  } = catalog;
  const rows = await Promise.all([
    db.select().from(titles).orderBy(asc(titles.id)),
    db
      .select()
      .from(titleTranslations)
      .orderBy(asc(titleTranslations.titleId), asc(titleTranslations.locale)),
    db.select().from(seasons).orderBy(asc(seasons.id)),
    db.select().from(episodes).orderBy(asc(episodes.id)),
    db
      .select()
      .from(episodeTranslations)
      .orderBy(asc(episodeTranslations.episodeId), asc(episodeTranslations.locale)),
    db.select().from(titleRelations).orderBy(asc(titleRelations.titleId), asc(titleRelations.relatedId)),
    db.select().from(episodeOrders).orderBy(asc(episodeOrders.titleId), asc(episodeOrders.kind)),
    db
      .select()
      .from(titleFacets)
      .orderBy(asc(titleFacets.titleId), asc(titleFacets.kind), asc(titleFacets.value)),
    db
      .select({
        title: searchTexts.titleId,
        source: searchTexts.source,
        part: searchTexts.part,
        text: searchTexts.text,
      })
      .from(searchTexts)
      .orderBy(
        asc(searchTexts.titleId),
        asc(searchTexts.source),
        asc(searchTexts.part),
        asc(searchTexts.text),
      ),
    db.all(sql`select * from facet_counts order by 1, 2, 3, 4`),
  ]);
  return rows.map((table) =>
    (table as Record<string, unknown>[]).map(
      ({ revision: _r, updatedAt: _u, shownUntil: _s, ...row }) => row,
    ),
  );
}

describe('undo', () => {
  it('puts a change back, and that can be undone as well', async () => {
    const { id } = await made('One');
    const before = await everything();
    const { revision } = await read(id);
    const changed = await send('PATCH', `/titles/${id}`, {
      names: { main: 'Two' },
      genres: ['Comedy', 'Mystery'],
      year: 2024,
      synopsis: { en: '', ja: '物語' },
    });
    const after = await everything();
    const back = await undo(changed.request);
    expect(back).toMatchObject({ status: 200, body: { request: back.request, rows: 3 } });
    expect(await everything()).toEqual(before);
    expect((await read(id)).revision).toBeGreaterThan(revision + 1);
    expect((await undo(changed.request)).body).toEqual({ request: null, rows: 0 } satisfies Undone);
    await undo(back.request);
    expect(await everything()).toEqual(after);
    const history = (await send('GET', `/titles/${id}/history`)).body as AuditPage;
    expect(history.items[0]).toMatchObject({ actor: { id: 'usr_0testeditor' }, from: null });
    expect(history.items.some(({ fields }) => fields.some(({ name }) => name === 'nameMain'))).toBe(true);
  });

  it('undoes nothing where somebody has changed the same since, and says who and what', async () => {
    const { id } = await made('Fought over');
    const first = await send('PATCH', `/titles/${id}`, { names: { main: 'Mine' }, year: 2001 });
    await send('PATCH', `/titles/${id}`, { names: { main: 'Theirs' } }, admin);
    const before = await everything();
    const refused = await undo(first.request);
    expect(refused.status).toBe(409);
    const { code, errors } = refused.body as ProblemDocument;
    expect(code).toBe('conflict');
    expect(errors).toEqual([
      {
        pointer: `/titles/${id}/nameMain`,
        detail: expect.stringMatching(/^now "Theirs", by Test admin, 20/) as string,
      },
    ]);
    expect(await everything()).toEqual(before);
  });

  it('takes back what was made, unless something hangs on it', async () => {
    const before = await everything();
    const fresh = await send('POST', '/titles', { names: { main: 'Short-lived' }, synopsis: { en: 'x' } });
    expect((await undo(fresh.request)).status).toBe(200);
    expect(await everything()).toEqual(before);
    const kept = await send('POST', '/titles', { names: { main: 'Kept' } });
    const { id } = kept.body as AdminTitle;
    await send('POST', `/titles/${id}/licences`, {
      territories: { mode: 'exclude', countries: [] },
      startsAt: null,
      endsAt: null,
    });
    const refused = await undo(kept.request);
    expect(refused.status).toBe(409);
    expect((await read(id)).id).toBe(id);
  });

  it('says why not: rights, people, and what it never heard of', async () => {
    const { id } = await made('Licensed');
    const licence = await send('POST', `/titles/${id}/licences`, {
      territories: { mode: 'exclude', countries: [] },
      startsAt: null,
      endsAt: null,
    });
    expect((await undo(licence.request)).body).toMatchObject({
      status: 409,
      detail: expect.stringContaining('amended') as string,
    });
    expect((await undo('req_00000000')).status).toBe(404);
    const role = await send('PATCH', '/users/usr_0testeditor', { role: 'editor' }, admin);
    expect(role.status).toBe(200);
    expect((await undo(role.request)).status).toBe(404); // nothing was different
    const plan = await send(
      'PUT',
      '/plans/undo-none',
      { name: 'A plan', streams: 1, maxHeight: null, ads: false, downloads: false },
      admin,
    );
    expect(plan.status).toBe(200);
    expect((await undo(plan.request)).body).toMatchObject({
      status: 409,
      detail: expect.stringContaining('what is sold') as string,
    });
  });

  it('takes a whole season back that was imported', async () => {
    const { id } = await made('Imported');
    const before = await everything();
    const rows = Array.from({ length: 130 }, (_, i) => ({
      season: 1,
      number: i + 1,
      name: `No. ${i}`,
      'name.ja': `第${i}`,
    }));
    const imported = await send('POST', `/titles/${id}/import`, rows);
    expect(imported).toMatchObject({ status: 200, body: { applied: true } });
    expect((await undo(imported.request)).body).toMatchObject({ rows: 130 + 130 + 1 });
    expect(await everything()).toEqual(before);
  });

  it('brings an erased title back with all that went along', async () => {
    const { id } = await made('Phoenix');
    await send('PUT', `/titles/${id}/seasons/1/episodes/1`, {
      name: 'A',
      translations: { ja: { name: '甲' } },
    });
    await send('PUT', `/titles/${id}/seasons/1/episodes/2`, { name: 'B' });
    const list = (await read(id)).episodeList;
    await send('PUT', `/titles/${id}/orders/chronological`, {
      episodeIds: list.map((one) => one.id).toReversed(),
    });
    const before = await everything();
    const gone = await send('DELETE', `/titles/${id}`);
    expect(gone.status).toBe(204);
    expect((await send('GET', `/titles/${id}`)).status).toBe(404);
    expect((await undo(gone.request)).status).toBe(200);
    expect(await everything()).toEqual(before);
    expect((await read(id)).episodeList.map(({ name }) => name)).toEqual(['A', 'B']);
  });
});

describe('any sequence of changes', () => {
  const word = fc.constantFrom('Ame', 'Hare', 'Kumori', 'Yuki', '雪', '晴れ');
  const which = fc.nat({ max: 2 });
  const change = fc.oneof(
    fc.record({
      do: fc.constant('patch' as const),
      which,
      json: fc.record(
        {
          names: fc.record({ main: word }),
          genres: fc.uniqueArray(word, { maxLength: 3 }),
          year: fc.option(fc.integer({ min: 1990, max: 2030 })),
          cour: fc.option(fc.constantFrom('winter', 'summer')),
          ageRating: fc.constantFrom('all', '7', '16'),
          studio: fc.option(word),
          localNames: fc.dictionary(fc.constantFrom('fr', 'de'), fc.oneof(word, fc.constant(''))),
          synopsis: fc.dictionary(fc.constantFrom('en', 'ja'), fc.oneof(word, fc.constant(''))),
        },
        { requiredKeys: [] },
      ),
    }),
    fc.record({
      do: fc.constant('episode' as const),
      which,
      number: fc.integer({ min: 1, max: 3 }),
      json: fc.record(
        {
          name: fc.option(word),
          kind: fc.constantFrom('story', 'special'),
          translations: fc.dictionary(fc.constantFrom('fr', 'ja'), fc.record({ name: word })),
        },
        { requiredKeys: [] },
      ),
    }),
    fc.record({
      do: fc.constant('relate' as const),
      which,
      to: which,
      kind: fc.constantFrom('sequel', 'side-story'),
    }),
    fc.record({ do: fc.constant('unrelate' as const), which, to: which }),
    fc.record({ do: fc.constant('create' as const), name: word }),
    fc.record({ do: fc.constant('erase' as const), which, number: fc.integer({ min: 1, max: 3 }) }),
  );
  const apply = async (
    ids: readonly string[],
    one: typeof change extends fc.Arbitrary<infer T> ? T : never,
  ): Promise<Did> => {
    switch (one.do) {
      case 'patch':
        return send('PATCH', `/titles/${ids[one.which]}`, one.json);
      case 'episode':
        return send('PUT', `/titles/${ids[one.which]}/seasons/1/episodes/${one.number}`, one.json);
      case 'relate':
        return send('PUT', `/titles/${ids[one.which]}/relations/${ids[one.to]}`, { kind: one.kind });
      case 'unrelate':
        return send('DELETE', `/titles/${ids[one.which]}/relations/${ids[one.to]}`);
      case 'create':
        return send('POST', '/titles', { names: { main: one.name } });
      case 'erase':
        break;
    }
    const { episodeList } = await read(ids[one.which]!);
    const episode = episodeList.find(({ number }) => number === one.number);
    return send('DELETE', `/episodes/${episode?.id ?? 'ep_00000000'}`);
  };

  it(
    'is undone one after the other to where it began, and its chain holds',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
          const ids = (await Promise.all(['A', 'B', 'C'].map((name) => made(name)))).map(({ id }) => id);
          const states = [await everything()];
          const done: string[] = [];
          for (const one of changes) {
            const { request, status } = await apply(ids, one);
            expect(status).toBeLessThan(500);
            const entries = await db.select().from(auditEntries).where(eq(auditEntries.request, request));
            const now = await everything();
            // What is different is in the log, and what is not is not.
            expect(entries.length > 0).toBe(JSON.stringify(now) !== JSON.stringify(states.at(-1)));
            if (entries.length === 0) continue;
            done.push(request);
            states.push(now);
          }
          for (const request of done.toReversed()) {
            expect(await everything()).toEqual(states.pop());
            expect(await undo(request)).toMatchObject({ status: 200 });
          }
          expect(await everything()).toEqual(states.pop());
        }),
        {
          numRuns: 15,
          // Made, erased, brought back, taken back: what the log says of later counts only as far as rows differ.
          examples: [
            [
              [
                { do: 'episode', which: 2, number: 2, json: {} },
                { do: 'erase', which: 2, number: 2 },
              ],
            ],
          ],
        },
      );
      await sealEntries(platform(env));
      const seals = await db.select().from(auditSeals).orderBy(asc(auditSeals.seq));
      const check = verifier(digest, []);
      for (const [i, entry] of (
        await db.select().from(auditEntries).orderBy(asc(auditEntries.seq))
      ).entries())
        await check.entry(entry, seals[i]?.hash ?? null);
      expect(check.end(seals.at(-1)!.seq)).toMatchObject({ fault: null, unsealed: 0, seq: seals.length });
    },
  );
});
