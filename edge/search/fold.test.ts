import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, initials } from './fold.ts';

const latin = (text: string) => fold(text).words.join(' ');
const native = (text: string) => fold(text).native;

describe('one spelling', () => {
  it.each([
    ['Shōnen', 'Shounen', 'Shonen', 'SHŌNEN', 'しょうねん', 'ショウネン'],
    ['ＳＰＹ×ＦＡＭＩＬＹ', 'SPY x FAMILY', 'Spy×Family', 'spy   x   family'],
    ['Tonikaku & Kawaii', 'tonikaku and kawaii', 'Tonikaku ＆ Kawaii'],
    ['Pokémon', 'pokemon', 'POKEMON', 'poke’mon'],
    ['カウボーイビバップ', 'kaubooibibappu', 'かうぼーいびばっぷ'],
    ['Botchi', 'Bocchi', 'ぼっち'],
    ['Senpai', 'Sempai', 'せんぱい'],
    ['Tohru', 'Tooru', 'Tōru', 'トール'],
    ['Shin’ya', 'Shinya', 'しんや'],
    ['ﾊﾝﾀｰ', 'ハンター'],
  ])('of %s', (first, ...others) => {
    for (const other of others) expect(latin(other)).toBe(latin(first));
  });

  it('keeps what voicing marks say', () => {
    expect(native('ガンダム')).toBe('がんだむ');
    expect(native('ｶﾞﾝﾀﾞﾑ')).toBe('がんだむ');
    expect(native('ガンダム')).not.toBe(native('カンタム'));
    expect(native('가나다')).toBe('가나다');
  });
});

describe('seasons', () => {
  it.each([
    'Mob Psycho 100 2',
    'Mob Psycho 100 II',
    'Mob Psycho 100 Ⅱ',
    'Mob Psycho 100 Season 2',
    'Mob Psycho 100 Season Two',
    'Mob Psycho 100 season II',
    'Mob Psycho 100 2nd Season',
    'Mob Psycho 100: Second Season',
    'Mob Psycho 100 S2',
    'Mob Psycho 100 s02',
    'Mob Psycho 100 第2期',
    'Mob Psycho 100 第二期',
    'Mob Psycho 100 2期',
    'Mob Psycho 100 二期',
    'Mob Psycho 100 シーズン2',
    'Mob Psycho 100（第２シーズン）',
  ])('%s is the second', (text) => expect(latin(text)).toBe('mob psycho 100 2'));

  it.each([
    'X Season 3 Part 2',
    'X 3rd Season Part II',
    'X season 3 cour 2',
    'X S3 Pt.2',
    'X 第3期 第2クール',
  ])('%s is the second part of the third', (text) => expect(latin(text)).toBe('x 3 part 2'));

  it('leaves names alone that look like numbers', () => {
    expect(latin('Hunter × Hunter')).toBe('hunter x hunter');
    expect(latin('Magic Knight V')).toBe('magic knight v');
    expect(latin('Second Chance')).toBe('second chance');
    expect(latin('II')).toBe('i'); // a first word is a name, its vowels one
    expect(latin('86')).toBe('86');
    expect(native('一期一会')).toBe('一期一会');
    expect(native('狼と香辛料Ⅱ')).toBe('狼と香辛料2');
  });
});

describe('initials', () => {
  it.each([
    ['Shingeki no Kyojin', 'snk'],
    ['Attack on Titan', 'aot'],
    ['Neon Genesis Evangelion', 'nge'],
    ['One-Punch Man', 'opm'],
    ['Shingeki no Kyojin Season 2', 'snk2'],
    ['Hunter × Hunter', 'hxh'],
  ])('of %s', (name, short) => expect(initials(fold(name).words)).toBe(short));

  it('of one word, or of kanji, are none', () => {
    expect(initials(fold('Bleach').words)).toBeNull();
    expect(initials(fold('進撃の 巨人').words)).toBeNull();
  });
});

it('folds anything, and case and width never matter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const { words, native: cjk } = fold(text);
      for (const part of [...words, cjk]) expect(part).not.toMatch(/[\s"*^():]/);
      expect(words).not.toContain('');
      expect(fold(text.normalize('NFD'))).toEqual(fold(text.normalize('NFC')));
      expect(fold(`  ${text}  `)).toEqual(fold(text));
    }),
    { numRuns: 500 },
  );
});
