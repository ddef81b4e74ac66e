import { expect, it } from 'vitest';
import { asset, job, rung } from '../jobs.fixture.ts';
import { changeOf, paired, rungs } from './differences.ts';

it('pairs what is alike, each once, and leaves what only one side has', () => {
  const rows = paired(['a1', 'a2', 'b1'], ['b2', 'a3', 'c1'], (text) => text[0]!);
  expect(rows.map(({ left, right }) => `${left}-${right}`)).toEqual(['a1-a3', 'a2-null', 'b1-b2', 'null-c1']);
});

it('rungs meet by codec and height, the largest first, with the CRF that each was made by', () => {
  const low = { ...rung, id: 'v360', width: 640, height: 360 };
  const left = { asset: { ...asset, video: [low, rung] }, job: { ...job, rungs: [] } };
  const right = {
    asset: { ...asset, video: [rung, { ...rung, id: 'r2-v1080-av1', codec: 'av01.0.08M.10' }] },
    job: {
      ...job,
      rungs: [{ id: 'v1080', codec: 'h264', width: 1920, height: 1080, crf: 20, maxrate: 1 } as const],
    },
  };
  const rows = rungs(left, right).map((both) => [both.left?.id, both.right?.id, both.right?.crf]);
  expect(rows).toEqual([
    ['v1080', 'v1080', 20],
    ['v360', undefined, undefined],
    [undefined, 'r2-v1080-av1', null],
  ]);
});

it('a change is a share of what was there', () => {
  expect(changeOf(200, 150)).toBe(-0.25);
  expect(changeOf(0, 150)).toBeNull();
  expect(changeOf(null, 150)).toBeNull();
});
