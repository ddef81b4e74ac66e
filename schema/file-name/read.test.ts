import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { names } from './names.fixture.ts';
import { fileKind, readFileName, type FileName } from './read.ts';

/** As the table writes places. */
function place({ what, season, episode }: FileName): string {
  if (what === 'special') return `SP${episode ?? ''}`;
  if (what !== 'episode') return what;
  return `${season === null ? '' : `S${season}`}E${episode}`;
}

describe('names as they are released', () => {
  it.each(names)('%s', (path, title, where, more = {}) => {
    const read = readFileName(path);
    expect({ title: read.title, where: place(read) }).toEqual({ title, where });
    expect(read).toMatchObject({ version: 1, name: null, kind: 'video', ...more });
  });
});

const title = fc.constantFrom('Hoshi no Umi', 'Mono Psycho 100', 'Re-Start!', '星の海', 'Gate;0', 'Ω');
const group = fc.constantFrom('', '[Kaze] ', '(Kaze-Raws) ', '【風】');
const tail = fc.constantFrom(
  '',
  ' (1080p)',
  ' [ABCD1234]',
  ' [BD 1920x1080 HEVC-10bit FLAC]',
  ' (1080p) [Multi-Subs]',
);
const number = fc.integer({ min: 1, max: 1899 });
const digits = (n: number, wide: boolean) =>
  wide
    ? String(n).replaceAll(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)))
    : String(n).padStart(2, '0');

describe('numbers come out as they went in', () => {
  it('of a season', () =>
    fc.assert(
      fc.property(
        group,
        title,
        tail,
        fc.integer({ min: 1, max: 99 }),
        number,
        (g, t, end, season, episode) => {
          const name = `${g}${t} S${digits(season, false)}E${digits(episode, false)}${end}.mkv`;
          expect(readFileName(name)).toMatchObject({ title: t, what: 'episode', season, episode });
        },
      ),
    ));
  it('through all seasons, in wide digits as well, of any version', () =>
    fc.assert(
      fc.property(
        ...([group, title, tail, number, fc.boolean(), fc.integer({ min: 1, max: 9 })] as const),
        (g, t, end, episode, wide, version) => {
          fc.pre(![480, 720, 1080].includes(episode));
          const name = `${g}${t} - ${digits(episode, wide)}${version > 1 ? `v${version}` : ''}${end}.mkv`;
          expect(readFileName(name)).toMatchObject({
            title: t,
            what: 'episode',
            season: null,
            episode,
            version,
          });
        },
      ),
    ));
  it('in Japanese', () =>
    fc.assert(
      fc.property(number, fc.boolean(), (episode, wide) => {
        expect(readFileName(`星の海 第${digits(episode, wide)}話「遠い灯」.mkv`)).toMatchObject({
          title: '星の海',
          episode,
          name: '遠い灯',
        });
      }),
    ));
});

it('never throws, nor takes long (vitest waits 5 s), whatever a file is called', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '[',
      ']',
      '(',
      '第',
      '話',
      ' - ',
      'S',
      'E',
      '01',
      '.',
      '_',
      '「',
      '」',
      'v2',
      'OVA',
      '1080p',
      '/',
      '-',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const read = readFileName(pieces.join(''));
      expect(read.episode === null || Number.isInteger(read.episode)).toBe(true);
      expect(read.title === null || read.title.trim() === read.title).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ['a.mkv', 'video'],
  ['a.M2TS', 'video'],
  ['a.mka', 'audio'],
  ['a.SRT', 'subtitles'],
  ['a.ttf', 'other'],
  ['a', 'other'],
])('%s is %s', (name, kind) => expect(fileKind(name)).toBe(kind));
