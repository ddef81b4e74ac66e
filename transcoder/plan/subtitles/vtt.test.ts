import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCues, placeCues, vttSegment } from './vtt.ts';

const file = `WEBVTT

NOTE a note

00:01.000 --> 00:03.500 line:10%
Hello <i>you</i>
and you

2
01:00:59.000 --> 01:01:01.250
Later
`;

describe('WebVTT', () => {
  it('reads cues with and without hours, ids and settings', () => {
    expect(parseCues(file)).toEqual([
      { start: 1, end: 3.5, settings: 'line:10%', text: 'Hello <i>you</i>\nand you' },
      { start: 3659, end: 3661.25, settings: '', text: 'Later' },
    ]);
  });

  it('moves cues to the video and cuts them to its length', () => {
    const cues = parseCues(file);
    expect(placeCues(cues, 2, 3658).map(({ start, end }) => [start, end])).toEqual([
      [0, 1.5],
      [3657, 3658],
    ]);
    expect(placeCues(cues, 10, 100)).toEqual([]);
  });

  it('says where zero is, and repeats a cue that spans a cut, whole, on both sides', () => {
    const cues = [{ start: 59.5, end: 61, settings: '', text: 'Across' }];
    const expected =
      'WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:90000\n\n00:00:59.500 --> 00:01:01.000\nAcross\n';
    expect(vttSegment(cues, 0, 60)).toEqual({ text: expected, cues: 1 });
    expect(vttSegment(cues, 60, 120)).toEqual({ text: expected, cues: 1 });
    expect(vttSegment(cues, 120, 180).cues).toBe(0);
  });

  it('holds no cue that ends as it starts, whatever is cut off', () => {
    const cue = fc
      .tuple(fc.double({ min: 0, max: 10, noNaN: true }), fc.double({ min: 1e-6, max: 2, noNaN: true }))
      .map(([start, length]) => ({ start, end: start + length, settings: '', text: 'cue' }));
    const shift = fc.double({ min: -1, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(cue), shift, (given, by) => {
        const all = [...given, { start: 0, end: by + 0.0003, settings: '', text: 'nearly over' }];
        const { text } = vttSegment(placeCues(all, by, 6), 0, 6);
        for (const { start, end } of parseCues(text)) expect(end).toBeGreaterThan(start);
      }),
    );
  });

  it('loses no cue, whatever the cuts', () => {
    const cue = fc
      .tuple(fc.integer({ min: 0, max: 299_000 }), fc.integer({ min: 1, max: 20_000 }))
      .map(([start, length]) => ({
        start: start / 1000,
        end: Math.min(300_000, start + length) / 1000,
        settings: '',
        text: `cue ${start} ${length}`,
      }));
    fc.assert(
      fc.property(fc.array(cue), fc.uniqueArray(fc.integer({ min: 1, max: 299 })), (given, cuts) => {
        const cues = placeCues(given, 0, 300);
        const edges = [0, ...cuts.sort((a, b) => a - b), 300];
        const back = edges.slice(1).flatMap((to, i) => parseCues(vttSegment(cues, edges[i]!, to).text));
        const shape = ({ start, end, text }: (typeof cues)[number]) =>
          `${start.toFixed(3)} ${end.toFixed(3)} ${text}`;
        expect(new Set(back.map(shape))).toEqual(new Set(cues.map(shape)));
      }),
    );
  });
});
