import { expect, it } from 'vitest';
import { alternatives } from './alternatives.ts';

/** As `masterPlaylist` lists them: stereo before surround, H.264 before AV1. */
const variants = ['audio', 'audio-surround'].flatMap((group) =>
  ['avc1.64001e', 'avc1.640028', 'avc1.64002a', 'av01.0.04M.10', 'av01.0.08M.10'].map((videoCodec) => ({
    videoCodec,
    audioGroups: [group],
  })),
);

it('are the pictures of the codec and the sound that play', () => {
  expect(alternatives(variants, 1)).toEqual([0, 1, 2]);
  expect(alternatives(variants, 4)).toEqual([3, 4]);
  expect(alternatives(variants, 5)).toEqual([5, 6, 7]);
  expect(alternatives(variants, 9)).toEqual([8, 9]);
});

it('are those of the first variant before one has been chosen', () => {
  expect(alternatives(variants, -1)).toEqual([0, 1, 2]);
  expect(alternatives([], -1)).toEqual([]);
});

it('are all where neither codec nor sound is named', () => {
  expect(alternatives([{}, {}], 0)).toEqual([0, 1]);
});
