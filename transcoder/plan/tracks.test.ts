import { describe, expect, it } from 'vitest';
import type { SourceStream } from './source-facts.ts';
import { audioTracks, languageOf, subtitleTracks } from './tracks.ts';

const stream = (
  index: number,
  type: string,
  codec: string,
  tags: Record<string, string> = {},
  ...flags: string[]
): SourceStream => ({
  index,
  type,
  codec,
  tags,
  disposition: Object.fromEntries(flags.map((flag) => [flag, 1])),
});

describe('tracks', () => {
  it('takes languages from any of the codes that containers use', () => {
    const tags = ['jpn', 'ger', 'fre', 'pt-BR', 'zh_Hant', 'und', '', 'not a language', undefined];
    const languages = ['ja', 'de', 'fr', 'pt-BR', 'zh-Hant', 'und', 'und', 'und', 'und'];
    expect(tags.map(languageOf)).toEqual(languages);
  });

  it('tells main, dub, commentary and description apart', () => {
    const tracks = audioTracks([
      stream(0, 'video', 'h264'),
      stream(1, 'audio', 'aac', { language: 'jpn' }),
      stream(2, 'audio', 'aac', { language: 'eng', title: 'English 5.1' }, 'default'),
      stream(3, 'audio', 'aac', { language: 'jpn', title: "Director's Commentary" }),
      stream(4, 'audio', 'aac', { language: 'eng' }, 'visual_impaired'),
    ]);
    expect(tracks.map(({ id, stream, role, name }) => [id, stream, role, name])).toEqual([
      ['a0-ja', 1, 'main', 'Japanese'],
      ['a1-en', 2, 'dub', 'English 5.1'],
      ['a2-ja', 3, 'commentary', "Director's Commentary"],
      ['a3-en', 4, 'description', 'English audio description'],
    ]);
    expect(tracks.map((track) => track.default)).toEqual([false, true, false, false]);
  });

  it('gives a silent track to a source without sound', () => {
    expect(audioTracks([stream(0, 'video', 'h264')])).toMatchObject([{ stream: null, default: true }]);
  });

  it('tells subtitles apart, and says which it cannot take', () => {
    const { tracks, notes } = subtitleTracks([
      stream(3, 'subtitle', 'ass', { language: 'eng', title: 'Signs & Songs' }),
      stream(4, 'subtitle', 'subrip', { language: 'eng' }, 'default'),
      stream(5, 'subtitle', 'mov_text', { language: 'spa' }, 'forced', 'default'),
      stream(6, 'subtitle', 'webvtt', { language: 'eng', title: 'English [CC]' }),
      stream(7, 'subtitle', 'hdmv_pgs_subtitle', { language: 'fre' }),
    ]);
    expect(tracks.map(({ id, role, default: isDefault }) => [id, role, isDefault])).toEqual([
      ['s0-en', 'signs', false],
      ['s1-en', 'full', true],
      ['s2-es', 'forced', false],
      ['s3-en', 'sdh', false],
    ]);
    expect(notes).toEqual([expect.stringContaining('stream 7 (hdmv_pgs_subtitle, fr)')]);
  });
});
