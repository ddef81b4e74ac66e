import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { episodeKinds } from '../../../schema/catalog-terms.ts';
import { plan, type Existing } from './plan.ts';
import { csvTable, jsonTable, NoTable, textOf } from './read.ts';
import { asCsv, asJson } from './write.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const csv = (text: string, episodes: Existing[] = []) => plan(csvTable(text), episodes);
const problems = (text: string, episodes: Existing[] = []) =>
  csv(text, episodes).rows.flatMap((row) => row.problems);
const episode = (fields: Partial<Existing> & Pick<Existing, 'season' | 'number'>): Existing => ({
  id: 'ep_00000001',
  name: null,
  synopsis: null,
  kind: 'story',
  airsAt: null,
  absoluteNumber: null,
  translations: {},
  ...fields,
});

describe('a file, out and in again', () => {
  // As editors may have written them: with quotes, line breaks, formulas and apostrophes.
  const letter = fc.constantFrom(...Array.from('a"\'=+-@,;\n\r\t 縁側が|.é'));
  const text = (most: number) =>
    fc
      .oneof(fc.string({ unit: letter, maxLength: most }), fc.string({ unit: 'grapheme', maxLength: most }))
      .map((made) => made.trim())
      .filter((made) => made !== '');
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
  const texts = fc.record({ name: maybe(text(30)), synopsis: maybe(text(60)) });
  const one = fc.record({
    id: fc.constant('ep_00000001' as const),
    season: fc.nat(999),
    number: fc.nat(99_999),
    name: maybe(text(30)),
    synopsis: maybe(text(60)),
    kind: fc.constantFrom(...episodeKinds),
    airsAt: maybe(fc.nat(4_000_000_000_000)),
    absoluteNumber: maybe(fc.nat(5_000)),
    translations: fc.dictionary(fc.constantFrom('en', 'ja', 'pt'), texts, { maxKeys: 3 }),
  });
  const season = fc.uniqueArray(one, {
    selector: ({ season, number }) => `${season}x${number}`,
    maxLength: 8,
  });

  it('changes nothing', () => {
    fc.assert(
      fc.property(season, (episodes) => {
        const table = csvTable(textOf(bytes(asCsv(episodes)), undefined));
        const list = jsonTable(JSON.parse(asJson(episodes)));
        for (const read of episodes.length > 0 ? [table, list] : [table]) {
          const { rows, writes } = plan(read, episodes);
          expect(rows.map(({ fate, problems: wrong }) => [fate, wrong])).toEqual(
            episodes.map(() => ['same', []]),
          );
          expect(writes).toEqual([]);
        }
      }),
    );
  });

  it('makes the same episodes of another title', () => {
    fc.assert(
      fc.property(season, (episodes) => {
        const { rows, writes } = plan(csvTable(textOf(bytes(asCsv(episodes)), undefined)), []);
        expect(rows.every(({ fate }) => fate === 'new')).toBe(true);
        const made = writes.map(({ season, number, fields }) =>
          episode({ season, number, ...(fields as Partial<Existing>) }),
        );
        // Once more over what was made of it: nothing is left to change.
        const filled = made.map((one) => ({
          ...one,
          translations: Object.fromEntries(
            Object.entries(one.translations).map(([locale, said]) => [
              locale,
              { name: said.name ?? null, synopsis: said.synopsis ?? null },
            ]),
          ),
        }));
        expect(plan(csvTable(asCsv(episodes).slice(1)), filled).writes).toEqual([]);
      }),
    );
  });

  it('shows formulas as text in a spreadsheet', () => {
    const out = asCsv([episode({ season: 1, number: 1, name: '=HYPERLINK("https://evil.test")' })]);
    expect(out).toContain(`"'=HYPERLINK(""https://evil.test"")"`);
  });
});

describe('what programs write', () => {
  const TEXT = 'season,number,name\r\n1,1,縁側の朝\r\n';
  // Encoders of these are not part of the platform: bytes as Excel writes them.
  const SJIS = [0x89, 0x8f, 0x91, 0xa4, 0x82, 0xcc, 0x92, 0xa9]; // 縁側の朝
  const wide = (text: string, little: boolean, mark: boolean) => {
    const made = Array.from(`${mark ? '\uFEFF' : ''}${text}`).flatMap((letter) => {
      const unit = letter.charCodeAt(0);
      return little ? [unit & 0xff, unit >> 8] : [unit >> 8, unit & 0xff];
    });
    return new Uint8Array(made);
  };
  const name = (read: Uint8Array, charset?: string) =>
    csvTable(textOf(read, charset)).rows[0]?.cells.get('name');

  it('is read in UTF-8, with and without a mark', () => {
    expect(name(bytes(TEXT))).toBe('縁側の朝');
    expect(name(bytes(`\uFEFF${TEXT}`))).toBe('縁側の朝');
  });
  it('is read in Shift_JIS, whether or not it says so, or says it wrongly', () => {
    const sent = new Uint8Array([...bytes('season,number,name\r\n1,1,'), ...SJIS, 13, 10]);
    for (const charset of [undefined, 'shift_jis', 'utf-8', 'nonsense'])
      expect(name(sent, charset)).toBe('縁側の朝');
  });
  it('is read in UTF-16, either way round, with and without a mark', () => {
    for (const little of [true, false])
      for (const mark of [true, false]) expect(name(wide(TEXT, little, mark))).toBe('縁側の朝');
  });
  it('is read with semicolons, tabs, and Excel’s own first line', () => {
    for (const text of [
      'season;number;name\n1;1;"A; B, C"\n',
      'season\tnumber\tname\n1\t1\tA; B, C\n',
      'sep=;\nseason;number;name\n1;1;"A; B, C"\n',
    ])
      expect(csvTable(text).rows.map(({ cells }) => cells.get('name'))).toEqual(['A; B, C']);
  });
  it('has line breaks in quotes, and rows are counted as a spreadsheet does', () => {
    const { rows } = csvTable('season,number,synopsis\n1,1,"one\r\ntwo ""said"""\n\n,,\n1,x,b\n');
    expect(rows.map(({ row }) => row)).toEqual([2, 5]);
    expect(rows[0]?.cells.get('synopsis')).toBe('one\r\ntwo "said"');
  });
  it('is told apart from what is no table', () => {
    for (const read of [
      () => textOf(new Uint8Array([0x50, 0x4b, 3, 4]), undefined),
      () => textOf(new Uint8Array([0xff, 0x80, 0xfd, 0xff]), undefined),
      () => csvTable(''),
      () => jsonTable({ season: 1 }),
    ])
      expect(read).toThrow(NoTable);
  });
});

describe('what is wrong is said in words', () => {
  it('of columns, with the nearest name', () => {
    expect(problems('saeson,number,nmae,name.jpn\n1,1,a,b')).toEqual([
      'There is no column “saeson”; did you mean “season”?',
      'There is no column “nmae”; did you mean “name”?',
      expect.stringContaining('“name.jpn”'),
      'The column “season” is missing: it says which episode a row is.',
    ]);
    expect(problems('season,number,Airs At,airs_at\n')).toEqual(['The column “airsAt” is there twice.']);
    expect(problems('season,number,director\n')[0]).toContain('There are season, number, name');
  });
  it('of times: which are there, and where', () => {
    const times = (cell: string) => problems(`season,number,airsAt\n1,1,"${cell}"`);
    for (const fine of [
      '2026-04-05T23:30:00+09:00',
      '2026-04-05 23:30+0900',
      '2026-04-05T14:30:00.000Z',
      '1775399400000',
    ])
      expect(times(fine)).toEqual([]);
    expect(times('2026-04-05')).toEqual([expect.stringContaining('2026-04-05T23:30:00+09:00')]);
    expect(times('2026-04-05T23:30')).toEqual([expect.stringContaining('time zone')]);
    for (const wrong of [
      '2026-02-30T10:00Z',
      '2026-13-01T10:00Z',
      'Sunday',
      '1.7754E+12',
      '2026-01-01T31:00Z',
      '2026-02-29T25:30Z',
    ])
      expect(times(wrong)).toEqual([expect.stringContaining('write it as 2026')]);
    // As stations write what comes on after midnight.
    expect(times('2026-12-31T25:30+09:00')).toEqual([expect.stringContaining('2027-01-01T01:30:00+09:00.')]);
    expect(times('1969-01-01T00:00Z')).toEqual([expect.stringContaining('before 1970')]);
  });
  it('of kinds, numbers, lengths and places', () => {
    const long = 'x'.repeat(201);
    const text = `season,number,kind,name,absoluteNumber\n1,1,filer,,\n1,two,,,\n1000,1,,,\n1,3,,${long},\n1,4,,,-1\n1,5,,,\n1,5,,,\n,6,,,`;
    expect(csv(text).rows.map(({ fate, problems: wrong }) => [fate, wrong])).toEqual([
      ['refused', ['“kind” is “filer”; did you mean “filler”?']],
      ['refused', ['“number” is “two”; it has to be a whole number.']],
      ['refused', ['“season” is 1000, which is too large.']],
      ['refused', ['“name” has 201 characters; at most 200 fit.']],
      ['refused', ['“absoluteNumber” is “-1”; it has to be a whole number.']],
      ['new', []],
      ['refused', ['Row 7 is season 1, episode 5 already: keep one of them.']],
      ['refused', ['“season” is empty: which episode is it?']],
    ]);
  });
  it('of rows with too much in them', () => {
    expect(problems('season,number,name\n1,1,Bread, butter')).toEqual([
      expect.stringContaining('goes in quotation marks'),
    ]);
    expect(problems('season,number,name\n1,1,"Bread')).toEqual([expect.stringContaining('quotation mark')]);
  });
  it('of JSON', () => {
    const { rows } = plan(jsonTable([7, { season: 1, number: 1, name: { en: 'x' } }]), []);
    expect(rows.map(({ row, problems: [wrong] }) => [row, wrong])).toEqual([
      [1, expect.stringContaining('has to be an object')],
      [2, expect.stringContaining('“name” has to be a text')],
    ]);
  });
});

describe('what a row would do', () => {
  it('is to change what it names, and leave what is empty', () => {
    const there = episode({ season: 1, number: 2, name: 'Old', synopsis: 'Stays.', airsAt: 0 });
    const { rows, writes } = csv('season,number,name,synopsis,airsAt,name.ja\n1,2,New,,,新', [there]);
    expect(rows).toEqual([
      {
        row: 2,
        season: 1,
        number: 2,
        fate: 'change',
        changes: [
          { field: 'name', before: 'Old', after: 'New' },
          { field: 'name.ja', before: null, after: '新' },
        ],
        problems: [],
      },
    ]);
    expect(writes).toEqual([
      {
        id: 'ep_00000001',
        season: 1,
        number: 2,
        fields: { name: 'New', translations: { ja: { name: '新' } } },
      },
    ]);
  });
});
