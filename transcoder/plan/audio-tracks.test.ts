import { describe, expect, it } from 'vitest';
import { audioTracks } from './audio-tracks.ts';
import type { SourceStream } from './source-facts.ts';

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
      ['a1-en', 2, 'dub', 'English 5.1'],
      ['a2-ja', 3, 'commentary', "Director's Commentary"],
      ['a3-en', 4, 'description', 'English audio description'],
    ]);
    expect(tracks.map((track) => track.default)).toEqual([false, true, false, false]);
  });

  it('gives a silent track to a source without sound', () => {
    expect(audioTracks([stream(0, 'video', 'h264')])).toMatchObject([{ stream: null, default: true }]);
  });
});
