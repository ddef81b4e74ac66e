import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniffSubtitles } from './sniff.ts';
import { parseSrt } from './srt.ts';
import { parseCues, placeCues, vttSegment } from './vtt.ts';

const texts = (file: string) => parseSrt(file).map(({ text }) => text);

describe('SubRip', () => {
  it('reads what is in the wild: no hours, dots, missing numbers and empty lines, numbers that are said', () => {
    const file =
      '1\n00:00:01,000 --> 00:00:02,500\nOne\n\n2\n0:00:03.5 --> 0:00:04.25\nTwo\n\nand a half\n\n' +
      '00:05,000 --> 00:06,000 X1:10 X2:20\nThree\n\n10\n00:00:07,000 --> 00:00:08,000\n42\n11\n00:00:09,000 --> 00:00:10,000\nEnd\n';
    expect(parseSrt(file)).toEqual([
      { start: 1, end: 2.5, settings: '', text: 'One' },
      { start: 3.5, end: 4.25, settings: '', text: 'Two\nand a half' },
      { start: 5, end: 6, settings: '', text: 'Three' },
      { start: 7, end: 8, settings: '', text: '42' },
      { start: 9, end: 10, settings: '', text: 'End' },
    ]);
  });

  it('keeps the tags that WebVTT has, closes them, and escapes the rest', () => {
    const cue = (text: string) => texts(`1\n00:00:01,000 --> 00:00:02,000\n${text}\n`)[0];
    expect(cue('<font color="#ff0000"><i>Red</i></font> & <b>bold')).toBe('<i>Red</i> &amp; <b>bold</b>');
    expect(cue('<I><b>x</i>y</b>')).toBe('<i><b>x</b></i>y');
    expect(cue('1 < 2 --> <3 &amp; &lt;')).toBe('1 &lt; 2 --&gt; &lt;3 &amp; &lt;');
    expect(cue('<ruby>漢<rt>かん</rt></ruby>')).toBe('<ruby>漢<rt>かん</rt></ruby>');
    expect(cue('<i></i>')).toBeUndefined();
  });

  it('honours places and letters in braces', () => {
    const cues = parseSrt(
      '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Above\n\n2\n00:00:01,000 --> 00:00:02,000\n{\\a5}{\\i1}Left{\\i0} too\n\n' +
        '3\n00:00:01,000 --> 00:00:02,000\n{not a tag}\n',
    );
    expect(cues.map(({ settings, text }) => [settings, text])).toEqual([
      ['line:0', 'Above'],
      ['line:0 position:0% align:left', '<i>Left</i> too'],
      ['', '{not a tag}'],
    ]);
  });
});

describe('every text format', () => {
  /** Pieces that files are made of, in any disorder. */
  const piece = fc.oneof(
    fc.constantFrom(
      '\n',
      '\n\n',
      '\r\n',
      ' --> ',
      '00:00:01,000 --> 00:00:02,000',
      '00:00:01.000 --> 00:00:05.000',
      '1\n',
    ),
    fc.constantFrom(
      'WEBVTT\n\n',
      '[Events]\n',
      '[Script Info]\n',
      'Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,',
    ),
    fc.constantFrom(
      '{\\an8}',
      '{\\pos(1,2)}',
      '{\\t(\\fn@x',
      '<i>',
      '</b>',
      '<c.x',
      '&',
      '\\N',
      '{',
      '}',
      '(',
      '\0',
      '\uFEFF',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  );
  it('never fails on any text; its cues are inside of the episode, in order, and survive being written', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (pieces, shift) => {
          sniffSubtitles(Buffer.from(pieces.join('')));
          for (const raw of [parseSrt(pieces.join('')), parseCues(pieces.join(''))]) {
            const cues = placeCues(raw, shift, 4);
            for (const [i, { start, end }] of cues.entries()) {
              expect(start).toBeGreaterThanOrEqual(Math.max(0, cues[i - 1]?.start ?? 0));
              expect(end).toBeGreaterThan(start);
              expect(end).toBeLessThanOrEqual(4);
            }
            const long = cues.filter(({ start, end }) => end - start > 0.002);
            const read = parseCues(vttSegment(long, 0, 4).text).map(({ text, settings }) => [text, settings]);
            expect(read).toEqual(long.map(({ text, settings }) => [text, settings]));
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
