import { describe, expect, it } from 'vitest';
import { audioTracks, mainTrack } from './tracks.ts';
import type { SourceStream } from '../source/facts.ts';

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

describe('audio tracks', () => {
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
      ['a1-en', 2, 'dub', 'English'],
      ['a2-ja', 3, 'commentary', "Director's Commentary"],
      ['a3-en', 4, 'description', 'English audio description'],
    ]);
    expect(tracks.map((track) => track.default)).toEqual([false, true, false, false]);
  });

  it('finds the original: by what the file says, or the Japanese one, or the first', () => {
    const roles = (...streams: SourceStream[]) =>
      audioTracks(streams).map(({ language, role }) => [language, role]);
    const english = stream(1, 'audio', 'aac', { language: 'eng' }, 'default');
    const japanese = stream(2, 'audio', 'aac', { language: 'jpn' });
    const chinese = stream(3, 'audio', 'aac', { language: 'chi' }, 'original');
    expect(roles(english, japanese)).toEqual([
      ['en', 'dub'],
      ['ja', 'main'],
    ]);
    expect(roles(english, japanese, chinese)).toEqual([
      ['en', 'dub'],
      ['ja', 'dub'],
      ['zh', 'main'],
    ]);
    expect(roles(english)).toEqual([['en', 'main']]);
  });

  it('names tracks without the format that they had', () => {
    const titles = [
      'English (DTS-HD MA 5.1)',
      'Español Latino - AAC 2.0',
      '日本語 5.1ch',
      'FLAC 2.0',
      'AC3 @ 448 kbps',
      'Ddraig',
    ];
    const named = audioTracks(
      titles.map((title, i) => stream(i, 'audio', 'aac', { language: 'jpn', title })),
    );
    const names = ['English', 'Español Latino', '日本語', 'Japanese', 'Japanese', 'Ddraig'];
    expect(named.map(({ name }) => name)).toEqual(names);
  });

  it('plans 5.1 beside stereo for six channels or more, of all of ten tracks', () => {
    const wide = (i: number) => ({
      ...stream(i, 'audio', 'ac3', { language: i % 2 ? 'eng' : 'jpn' }),
      channels: [2, 6, 8, 1, 5][i % 5],
    });
    const tracks = audioTracks(Array.from({ length: 10 }, (_, i) => wide(i)));
    expect(tracks.filter(({ channels }) => channels === 2)).toHaveLength(10);
    expect(tracks.filter(({ channels }) => channels === 6).map(({ id }) => id)).toEqual([
      'a1-en-51',
      'a2-ja-51',
      'a6-ja-51',
      'a7-en-51',
    ]);
    expect(new Set(tracks.map(({ id }) => id)).size).toBe(14);
    expect(mainTrack(tracks)?.id).toBe('a0-ja');
  });

  it('gives a silent track to a source without sound', () => {
    expect(audioTracks([stream(0, 'video', 'h264')])).toMatchObject([{ stream: null, default: true }]);
  });
});
