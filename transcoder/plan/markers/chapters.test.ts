import { describe, expect, it } from 'vitest';
import { chapterMarkers } from './chapters.ts';

const chapters = (...titles: string[]) =>
  titles.map((title, i) => ({ title, start: i * 100, end: i * 100 + 90 }));
const kinds = (...titles: string[]) =>
  chapterMarkers(chapters(...titles)).map(({ kind, start }) => [kind, start]);

describe('chapters', () => {
  it.each([
    [
      'opening',
      [
        'OP',
        'ＯＰ',
        'op1',
        'NCOP',
        'Opening',
        'Opening Song',
        'OP: Cruel Angel',
        'オープニング',
        '片头曲',
        'Générique de début',
      ],
    ],
    ['opening', ['Vorspann', 'Apertura', 'Abertura', 'Sigla iniziale', 'Опенинг', '오프닝', 'Intro']],
    [
      'ending',
      [
        'ED',
        'ED2',
        'Ending Theme',
        'Credits',
        'End Credits',
        'Outro',
        'エンディング',
        '片尾',
        'Abspann',
        'Эндинг',
        '엔딩',
      ],
    ],
    [
      'preview',
      ['Preview', 'Next Episode Preview', 'Next time', '次回予告', '予告', 'Vorschau', '下集预告', '예고'],
    ],
    ['recap', ['Recap', 'Previously on', '前回のあらすじ', 'Rückblick', 'Résumé', '前情提要']],
  ])('name an %s', (kind, titles) => {
    for (const title of titles) expect([title, kinds('Part A', title)]).toEqual([title, [[kind, 100]]]);
  });

  it('name what is no marker', () => {
    const titles = [
      'Avant',
      'Part A',
      'Part B',
      'Aパート',
      'Chapter 1',
      'Opera',
      'Edward',
      'Opening Scene',
      'Operation V',
      'Epilogue',
    ];
    expect(kinds(...titles)).toEqual([]);
  });

  it('take Intro for what comes before an opening where both are there', () => {
    expect(kinds('Intro', 'Opening', 'Part A')).toEqual([['opening', 100]]);
    expect(kinds('Intro', 'Part A', 'ED')).toEqual([
      ['opening', 0],
      ['ending', 200],
    ]);
  });

  it('give one marker of a kind, and none for half an episode', () => {
    expect(kinds('ED', 'Credits')).toEqual([['ending', 0]]);
    expect(chapterMarkers([{ title: 'Ending', start: 600, end: 1400 }])).toEqual([]);
  });
});
