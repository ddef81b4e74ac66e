import { describe, expect, it } from 'vitest';
import { sniff } from './sniff.ts';

const kindOf = (text: string) => sniff(Buffer.from(text, 'latin1')).kind;

describe('sniff', () => {
  it.each([
    ['#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n'],
    ['\xef\xbb\xbf#EXTM3U\n'],
    ["ffconcat version 1.0\nfile '/etc/passwd'\n"],
    ["file '/etc/passwd'\n"],
    ['<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">'],
    ['<MPD>'],
    ['v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n'],
    ['[playlist]\nFile1=http://127.0.0.1/'],
    ['<asx version="3.0">'],
    ['<svg xmlns="http://www.w3.org/2000/svg">'],
    ['%PDF-1.7'],
  ])('knows %j for something that names other files, or no media', (text) => {
    expect(kindOf(text)).toBe('script');
  });
  it('knows sound and pictures', () => {
    expect(kindOf('ID3\x04')).toBe('audio');
    expect(kindOf('RIFF\x00\x00\x00\x00WAVEfmt ')).toBe('audio');
    expect(kindOf('\x89PNG\r\n\x1a\n')).toBe('picture');
  });
  it('lets what may be a video pass to FFmpeg', () => {
    expect(kindOf('\x00\x00\x00\x20ftypisom')).toBe('maybe-video');
    expect(kindOf('\x1a\x45\xdf\xa3')).toBe('maybe-video');
    expect(kindOf('RIFF\x00\x00\x00\x00AVI LIST')).toBe('maybe-video');
    expect(kindOf('')).toBe('maybe-video');
  });
});
