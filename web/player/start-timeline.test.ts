import { expect, it } from 'vitest';
import { decodeTime, ticksASecond } from './start-timeline.ts';

const words = (...all: number[]) =>
  all.flatMap((word) => [word >>> 24, word >>> 16, word >>> 8, word].map((b) => b & 255));
const box = (type: string, ...content: number[][]): number[] => {
  const inside = content.flat();
  return [...words(8 + inside.length), ...new TextEncoder().encode(type), ...inside];
};
const init = (mdhd: number[]) =>
  new Uint8Array([
    ...box('ftyp', words(1)),
    ...box('moov', box('mvhd', words(0)), box('trak', box('tkhd', words(0)), box('mdia', box('mdhd', mdhd)))),
  ]);
const segment = (tfdt: number[]) =>
  new Uint8Array([
    ...box('styp', words(1)),
    ...box('moof', box('mfhd', words(0, 1)), box('traf', box('tfhd', words(0)), box('tfdt', tfdt))),
    ...box('mdat', words(5)),
  ]);

it('reads the time scale of an init segment, in both versions of the box', () => {
  expect(ticksASecond(init(words(0, 1, 2, 24_000, 9)))).toBe(24_000);
  expect(ticksASecond(init(words(1 << 24, 0, 1, 0, 2, 48_000, 0, 9)))).toBe(48_000);
});
it('reads the first decode time of a segment, however large', () => {
  expect(decodeTime(segment(words(0, 22_000)))).toBe(22_000);
  expect(decodeTime(segment(words(1 << 24, 2, 5)))).toBe(2 * 2 ** 32 + 5);
});
it('waits until enough of a segment is there', () => {
  const whole = segment(words(1 << 24, 0, 22_000));
  const enough = [...whole.keys()].find((length) => decodeTime(whole.slice(0, length)) !== null);
  expect(decodeTime(whole)).toBe(22_000);
  expect(enough).toBe(whole.length - 12); // all but the mdat
});
it('reads nothing from what is no such file', () => {
  expect(ticksASecond(new TextEncoder().encode('<!doctype html><title>Not found</title>'))).toBeNull();
  expect(decodeTime(new Uint8Array(64))).toBeNull();
});
