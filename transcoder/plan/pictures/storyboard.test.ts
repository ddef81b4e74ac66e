import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCues } from '../subtitles/vtt.ts';
import { chooseTiles, spriteGrids, storyboardVtt, tileAt, tileInterval, tooSparse } from './storyboard.ts';

/** Rising times from zero, half a second apart at least: as key frames are looked at. */
const filmTimes = fc
  .tuple(
    fc.array(fc.double({ min: 0.5, max: 25, noNaN: true }), { maxLength: 400 }),
    fc.double({ min: 0.05, max: 20, noNaN: true }),
  )
  .map(([gaps, rest]) => {
    const times = [0];
    for (const gap of gaps) times.push(times.at(-1)! + gap);
    return { times, duration: times.at(-1)! + rest };
  });
const board = (times: readonly number[], duration: number) =>
  storyboardVtt(times, { duration, width: 160, height: 90, sprite: (index) => `sprite-${index}.webp` });

describe('tiles', () => {
  it('show, at each tick, the last picture until then', () => {
    fc.assert(
      fc.property(filmTimes, ({ times, duration }) => {
        const interval = tileInterval(duration);
        const tiles = chooseTiles(times, duration).map((index) => times[index]!);
        expect(tiles).toEqual([...new Set(tiles)].sort((a, b) => a - b));
        expect(tiles[0]).toBe(0);
        for (let tick = 0; tick < duration; tick += interval) {
          const shown = tiles.findLast((time) => time <= tick + interval / 20)!;
          const latest = times.findLast((time) => time <= tick + interval / 20)!;
          expect(shown).toBe(latest);
        }
      }),
    );
  });

  it('are as many as an episode needs, and bounded for any length', () => {
    const every = (gap: number, duration: number) =>
      Array.from({ length: Math.ceil(duration / gap) }, (_, i) => i * gap);
    expect(chooseTiles(every(2, 1440), 1440)).toHaveLength(288);
    expect(chooseTiles(every(10, 1440), 1440)).toHaveLength(144);
    expect(chooseTiles(every(2, 60), 60)).toHaveLength(30);
    expect(chooseTiles(every(1, 30_000), 30_000).length).toBeLessThanOrEqual(720);
  });

  it('are too few where a picture stands for more than 20 s', () => {
    expect(tooSparse([0, 10, 20], 30)).toBe(false);
    expect(tooSparse([0, 10, 31], 40)).toBe(true);
    expect(tooSparse([0], 60)).toBe(true);
    expect(tooSparse([0], 15)).toBe(false);
    expect(tooSparse([], 25)).toBe(true);
  });
});

describe('sprites', () => {
  it('have a place of its own for every tile, and none left over but in the last row', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 720 }), (tiles) => {
        const grids = spriteGrids(tiles);
        const places = Array.from({ length: tiles }, (_, i) => tileAt(i));
        expect(new Set(places.map(({ sprite, x, y }) => `${sprite} ${x} ${y}`)).size).toBe(tiles);
        for (const { sprite, x, y } of places) {
          expect(x).toBeLessThan(grids[sprite]!.columns);
          expect(y).toBeLessThan(grids[sprite]!.rows);
        }
        for (const { tiles: own, columns, rows } of grids) expect(columns * rows - own).toBeLessThan(columns);
        expect(grids.reduce((sum, grid) => sum + grid.tiles, 0)).toBe(tiles);
      }),
    );
  });
});

describe('the thumbnails track', () => {
  it('covers the whole film, without gap or overlap', () => {
    fc.assert(
      fc.property(filmTimes, ({ times, duration }) => {
        const tiles = chooseTiles(times, duration).map((index) => times[index]!);
        const lines = board(tiles, duration)
          .match(/^\S+ --> \S+$/gm)!
          .map((line) => line.split(' --> '));
        expect(lines).toHaveLength(tiles.length);
        for (const [i, [start, end]] of lines.entries()) {
          expect(start! < end!).toBe(true);
          expect(start).toBe(lines[i - 1]?.[1] ?? '00:00:00.000');
        }
        expect(seconds(lines.at(-1)![1]!)).toBeCloseTo(duration, 2);
      }),
    );
  });

  it('is WebVTT that names parts of sprites', () => {
    const text = board(
      Array.from({ length: 112 }, (_, i) => i * 5),
      560,
    );
    const cues = parseCues(text);
    expect(text.startsWith('WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nsprite-0.webp#xywh=0,0,160,90\n')).toBe(
      true,
    );
    expect(cues).toHaveLength(112);
    expect(cues[11]).toMatchObject({ start: 55, end: 60, text: 'sprite-0.webp#xywh=160,90,160,90' });
    expect(cues[111]).toMatchObject({ start: 555, end: 560, text: 'sprite-1.webp#xywh=160,90,160,90' });
  });
});

const seconds = (stamp: string): number => stamp.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
