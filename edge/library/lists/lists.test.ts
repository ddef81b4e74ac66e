import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watchStates } from '../../../schema/library-terms.ts';
import { readAniList, writeAniList } from './anilist.ts';
import { NoList, type Listed } from './listed.ts';
import { readMal, writeMal } from './mal.ts';
import { readOwn, writeOwn } from './own.ts';

const DAY = 86_400_000;
const day = fc.option(fc.integer({ min: 0, max: 40_000 }).map((days) => days * DAY));
const words = fc
  .string({ unit: 'binary', maxLength: 60 })
  .map((text) => text.replaceAll(/[^\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '').trim());
const name = fc
  .oneof(words, fc.constantFrom('縁側', 'Steins;Gate', ']]>', '<b>&amp;</b>', 'a ]]> b'))
  .map((text) => text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim() || 'Nameless');
const entry: fc.Arbitrary<Listed> = fc.record({
  name,
  names: fc.constant<string[]>([]),
  titleId: fc.constant(null),
  malId: fc.integer({ min: 1, max: 70_000 }),
  anilistId: fc.integer({ min: 1, max: 200_000 }),
  year: fc.option(fc.integer({ min: 1917, max: 2030 })),
  state: fc.constantFrom(...watchStates),
  score: fc.option(fc.integer({ min: 1, max: 10 })),
  followed: fc.boolean(),
  rewatched: fc.integer({ min: 0, max: 30 }),
  notes: fc.option(words.map((text) => text.trim() || 'x')),
  watched: fc.integer({ min: 0, max: 1200 }),
  of: fc.option(fc.integer({ min: 1, max: 1200 })),
  episodes: fc.array(
    fc.record({
      season: fc.integer({ min: 0, max: 9 }),
      number: fc.integer({ min: 0, max: 99 }),
      position: fc.integer({ min: 0, max: 9000 }),
      duration: fc.integer({ min: 0, max: 9000 }),
      completed: fc.boolean(),
      at: fc.integer({ min: 0, max: 2e12 }),
    }),
    { maxLength: 3 },
  ),
  startedAt: day,
  finishedAt: day,
  updatedAt: fc.option(fc.integer({ min: 1, max: 2e9 }).map((seconds) => seconds * 1000)),
});
/** A list names each title once. */
const list = fc.uniqueArray(entry, { selector: ({ malId }) => malId!, maxLength: 12 });

describe('a list that goes out comes back the same', () => {
  it('as MyAnimeList has it', () => {
    fc.assert(
      fc.property(list, (entries) => {
        const { entries: back, unreadable } = readMal(writeMal(entries, 'Mio & <friends>'));
        expect(unreadable).toEqual([]);
        expect(back).toEqual(
          entries.map((row) => ({
            ...row,
            names: [row.name],
            anilistId: null,
            year: null,
            followed: null,
            episodes: [],
            updatedAt: null,
          })),
        );
      }),
    );
  });

  it('as AniList has it', () => {
    fc.assert(
      fc.property(list, (entries) => {
        const file = JSON.parse(JSON.stringify(writeAniList(entries))) as unknown;
        const { entries: back, unreadable } = readAniList(file);
        expect(unreadable).toEqual([]);
        const byId = (rows: readonly Listed[]) => rows.toSorted((a, b) => a.malId! - b.malId!);
        expect(byId(back)).toEqual(
          byId(entries).map((row) => ({ ...row, names: [row.name], followed: null, episodes: [] })),
        );
      }),
    );
  });

  it('as this site has it, to the second', () => {
    fc.assert(
      fc.property(list, (entries) => {
        const file = JSON.parse(JSON.stringify(writeOwn(entries, 1))) as unknown;
        expect(readOwn(file)).toEqual({
          entries: entries.map((row) => ({ ...row, names: [row.name], watched: null, of: null })),
          unreadable: [],
        });
      }),
    );
  });
});

/** Whatever else it throws is a mistake of ours. */
function refusesOrReads(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    return error instanceof NoList;
  }
}

const mal = (rows: string) =>
  `<?xml version="1.0" encoding="UTF-8" ?>\n<!--\n Created by XML Export feature at MyAnimeList.net\n-->\n<myanimelist><myinfo><user_id>1</user_id></myinfo>${rows}</myanimelist>`;
const bebop =
  '<anime><series_animedb_id>1</series_animedb_id><series_title><![CDATA[Cowboy Bebop]]></series_title><series_type>TV</series_type><series_episodes>26</series_episodes><my_watched_episodes>26</my_watched_episodes><my_start_date>2015-00-00</my_start_date><my_finish_date>0000-00-00</my_finish_date><my_score>9</my_score><my_status>Completed</my_status><my_comments><![CDATA[]]></my_comments><my_times_watched>2</my_times_watched></anime>';

describe('what MyAnimeList exports', () => {
  it('is read as it stands', () => {
    expect(readMal(mal(bebop)).entries).toMatchObject([
      {
        name: 'Cowboy Bebop',
        malId: 1,
        state: 'completed',
        score: 9,
        watched: 26,
        of: 26,
        rewatched: 2,
        startedAt: Date.UTC(2015, 0, 1),
        finishedAt: null,
        notes: null,
      },
    ]);
  });

  it('names the rows that cannot be read', () => {
    const broken = '<anime><series_title>Lost &amp; Found</series_title><my_status>Soon</my_status></anime>';
    const { entries, unreadable } = readMal(mal(broken + bebop));
    expect(entries).toHaveLength(1);
    expect(unreadable).toEqual([{ name: 'Lost & Found', why: 'unreadable' }]);
  });

  it.each([
    ['nothing', ''],
    ['text', 'a list'],
    ['another document', '<rss/>'],
    ['a document that ends early', mal(bebop).slice(0, 300)],
    ['manga', mal('<manga><my_status>Reading</my_status></manga>')],
    ['an entity from outside', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${mal(bebop)}`],
    ['a billion laughs', `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${mal('<anime>&b;</anime>')}`],
  ])('is not %s', (_, xml) => expect(() => readMal(xml)).toThrow(NoList));

  it('is never anything but text', () => {
    const own = readMal(mal(bebop.replace('<![CDATA[Cowboy Bebop]]>', '&e; &#x41; __proto__'))).entries[0]!;
    expect(own.name).toBe('&e; A __proto__');
  });

  it('survives whatever is sent instead', () => {
    const tag = fc.constantFrom(
      '<anime>',
      '</anime>',
      '<my_status>',
      '</my_status>',
      '<![CDATA[',
      ']]>',
      '&',
      'a',
    );
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 30 }), (parts) => {
        expect(refusesOrReads(() => readMal(mal(parts.join(''))))).toBe(true);
      }),
    );
  });
});

describe('what AniList gives out', () => {
  const row = { mediaId: 1, status: 'CURRENT', score: 85, progress: 3, media: { title: { romaji: 'A' } } };
  it.each([
    ['the answer of its query', { data: { MediaListCollection: { lists: [{ entries: [row] }] } } }],
    ['the collection', { lists: [{ entries: [row] }] }],
    ['the lists', [{ entries: [row] }]],
    ['the entries', [row]],
  ])('is read as %s', (_, json) => {
    expect(readAniList(json).entries).toMatchObject([
      { anilistId: 1, state: 'watching', score: 9, watched: 3, name: 'A' },
    ]);
  });

  it('counts scores in what its user counts in', () => {
    const scored = (score: number, scoreFormat: string) =>
      readAniList({ lists: [{ entries: [{ ...row, score }] }], user: { mediaListOptions: { scoreFormat } } })
        .entries[0]!.score;
    expect(scored(5, 'POINT_5')).toBe(10);
    expect(scored(2, 'POINT_3')).toBe(7);
    expect(scored(7.5, 'POINT_10_DECIMAL')).toBe(8);
    expect(scored(4, 'POINT_100')).toBe(1);
    expect(scored(0, 'POINT_10')).toBe(null);
  });

  it('has an entry once, in however many lists it stands', () => {
    expect(readAniList([{ entries: [row] }, { isCustomList: true, entries: [row] }]).entries).toHaveLength(1);
  });

  it('names what it cannot read, and leaves manga out', () => {
    const manga = { ...row, media: { type: 'MANGA' } };
    expect(readAniList([manga, { ...row, status: 'SOON' }, 7, null])).toEqual({
      entries: [],
      unreadable: ['A', '?', '?'].map((name) => ({ name, why: 'unreadable' })),
    });
  });

  it('survives whatever is sent instead', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        for (const read of [readAniList, readOwn]) expect(refusesOrReads(() => read(json))).toBe(true);
      }),
    );
  });
});
