import { expect, it } from 'vitest';
import { defaultSettings } from '../../../../schema/jobs/settings.ts';
import { asset as base, job, rung, task } from '../../jobs/jobs.fixture.ts';
import { changesOf, estimateOf } from './again.ts';

const small = { ...rung, id: 'v540', width: 960, height: 540, bytes: 90_000_000 };
const asset = {
  ...base,
  video: [small, rung],
  bytes: 490_000_000,
  stored: { ...base.stored, video: 450_000_000 },
};
const made = {
  ...job,
  tasks: [
    { ...task, kind: 'video-chunk' as const, startedAt: 0, finishedAt: 100_000 },
    { ...task, kind: 'audio' as const, startedAt: 0, finishedAt: 10_000 },
  ],
};

it('says what will differ from what is there now', () => {
  expect(changesOf(asset, defaultSettings, defaultSettings, false)).toEqual([]);
  const after = { ...defaultSettings, crf: 18, maxHeight: 720, av1: true, encryption: 'none' as const };
  expect(changesOf({ ...asset, revision: 2 }, defaultSettings, after, true)).toEqual([
    { what: 'crf', before: 22, after: 18 },
    { what: 'height', height: 720, lost: [1080] },
    { what: 'av1' },
    { what: 'clear' },
    { what: 'publish' },
    { what: 'tracks' },
  ]);
});

it('reckons by what the present version took: the same again, half the bytes, fewer pictures', () => {
  expect(estimateOf(asset, made, defaultSettings)).toEqual({ bytes: 490_000_000, seconds: 110 });
  expect(estimateOf(asset, made, { ...defaultSettings, crf: 28 })!.bytes).toBe(225_000_000 + 40_000_000);
  const capped = estimateOf(asset, made, { ...defaultSettings, maxHeight: 720 })!;
  expect(capped.bytes).toBe(90_000_000 + 40_000_000);
  expect(capped.seconds).toBeCloseTo(10 + 100 / 5, 6);
  const before = { ...made, settings: { ...defaultSettings, preset: 'fast' as const } };
  expect(estimateOf(asset, before, { ...defaultSettings, preset: 'slower' })!.seconds).toBe(410);
});

it('says nothing where nothing like it was made', () => {
  expect(estimateOf(asset, { ...made, tasks: [] }, defaultSettings)).toBeNull();
  expect(estimateOf(asset, made, { ...defaultSettings, ladder: 'all' })).toBeNull();
  const low = { ...made, settings: { ...defaultSettings, maxHeight: 720 } };
  expect(estimateOf(asset, low, defaultSettings)).toBeNull();
});
