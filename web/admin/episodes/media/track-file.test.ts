import { expect, it } from 'vitest';
import { kindOf, languageIn } from './track-file.ts';

it('text files are subtitles, everything else is sound', () => {
  expect(['a.srt', 'b.ASS', 'c.vtt'].map(kindOf)).toEqual(['subtitles', 'subtitles', 'subtitles']);
  expect(['a.m4a', 'b.mka', 'c.flac'].map(kindOf)).toEqual(['audio', 'audio', 'audio']);
});

it('finds the language that people put before the extension', () => {
  expect(languageIn('Kaze 03.fr.ass')).toBe('fr');
  expect(languageIn('kaze.pt-BR.srt')).toBe('pt-BR');
  expect(languageIn('kaze_[ja].mka')).toBe('ja');
  expect(languageIn('Kaze 03.ass')).toBe('');
  expect(languageIn('Kaze.xqz.ass')).toBe('');
});
