import { describe, expect, it } from 'vitest';
import type { SourceStream } from '../source/facts.ts';
import { subtitleTracks } from './tracks.ts';

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

describe('subtitle tracks', () => {
  it('tells subtitles apart, and says which it cannot take', () => {
    const { tracks, notes, warnings } = subtitleTracks([
      stream(3, 'subtitle', 'ass', { language: 'eng', title: 'Signs & Songs' }),
      stream(4, 'subtitle', 'subrip', { language: 'eng' }, 'default'),
      stream(5, 'subtitle', 'mov_text', { language: 'spa' }, 'forced', 'default'),
      stream(6, 'subtitle', 'webvtt', { language: 'eng', title: 'English [CC]' }),
      stream(7, 'subtitle', 'hdmv_pgs_subtitle', { language: 'fre' }),
      stream(8, 'subtitle', 'dvb_teletext'),
    ]);
    expect(tracks.map(({ id, role, default: isDefault }) => [id, role, isDefault])).toEqual([
      ['s0-en', 'signs', false],
      ['s1-en', 'full', true],
      ['s2-es', 'forced', false],
      ['s3-en', 'sdh', false],
    ]);
    const detail = expect.stringContaining('stream 7 (hdmv_pgs_subtitle, fr)');
    expect(warnings).toEqual([{ code: 'picture-subtitles', blocks: false, detail }]);
    expect(notes).toEqual([expect.stringContaining('stream 8 (dvb_teletext, und)')]);
  });
});
