import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MarkersResult, type TaskSpecOf } from '../../schema/jobs/task.ts';
import type { Marker } from '../../schema/media-facts.ts';
import { SECONDS_PER_WORD } from '../plan/markers/fingerprint.ts';
import { makeRig, message, type Rig } from '../testing/rig.ts';
import { fingerprintOf, joinSound, mixed, music, secondsIn, silence } from '../testing/season.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await makeRig();
});
afterAll(() => rig.close());

type Planned = TaskSpecOf<'markers'>['episodes'][number];

/** Real fingerprints of these episodes, in the store; each a little quieter than the one before. */
async function season(name: string, episodes: readonly Float32Array[][]): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const [i, parts] of episodes.entries()) {
    const sound = joinSound(parts);
    const key = `hls/${name}/season-1/ep-${i + 1}/v1/a0-ja/fingerprint.bin`;
    await rig.upload(key, await fingerprintOf(join(rig.folder, `${name}-${i}`), sound, -2 * i));
    planned.push({
      assetId: `ast_${i}`,
      duration: secondsIn(sound),
      fingerprint: { key, secondsPerWord: SECONDS_PER_WORD },
      chapters: [],
      silence: [],
      black: [],
    });
  }
  return planned;
}
async function markersOf(episodes: Planned[]): Promise<Marker[][]> {
  const result = await rig.perform(message({ kind: 'markers', episodes }, { source: 'none' }));
  expect(v.is(MarkersResult, result)).toBe(true);
  if (result.kind !== 'markers') throw new Error('not a result of markers');
  expect(result.episodes.map(({ assetId }) => assetId)).toEqual(episodes.map(({ assetId }) => assetId));
  return result.episodes.map(({ markers }) => markers);
}
const startOf = (parts: readonly Float32Array[], theme: Float32Array) =>
  secondsIn(joinSound(parts.slice(0, parts.indexOf(theme))));

describe('a season', () => {
  const opening = music(1001, 61.3);
  const second = music(1002, 45.1);
  const ending = music(1003, 50.2);
  const story = (seed: number, seconds: number) => music(seed, seconds);
  /** A cold open, none, one without an opening, and another opening from the fourth on; the last talks over its ending. */
  const whispered = mixed(ending, story(99, 51), 0.25);
  const episodes = [
    [story(1, 3.2), opening, story(2, 60.07), ending, story(11, 4)],
    [story(3, 31.911), opening, story(4, 71.4), ending, story(12, 6)],
    [story(5, 110), ending, story(13, 2)],
    [second, story(7, 80.33), ending],
    [story(8, 17.77), second, story(9, 70), whispered, story(14, 9)],
  ];
  let planned: Planned[];
  let found: Marker[][];
  beforeAll(async () => {
    planned = await season('show', episodes);
    found = await markersOf(planned);
  }, 120_000);

  it('has every opening and ending found, to half a second', () => {
    const errors: number[] = [];
    episodes.forEach((parts, i) => {
      const expected = [opening, second, ending, whispered].filter((theme) => parts.includes(theme));
      expect(found[i]!.map(({ kind }) => kind)).toEqual(
        expected.length === 2 ? ['opening', 'ending'] : ['ending'],
      );
      expected.forEach((theme, k) => {
        const start = startOf(parts, theme);
        errors.push(Math.abs(found[i]![k]!.start - start));
        errors.push(Math.abs(found[i]![k]!.end - start - secondsIn(theme)));
      });
    });
    expect(errors).toHaveLength(18);
    errors.sort((a, b) => a - b);
    expect(errors[9]).toBeLessThan(0.2);
    expect(errors.at(-1)).toBeLessThan(0.5);
  });

  it('knows in which episode each theme is new', () => {
    const firsts = found.map((markers) => markers.map(({ kind, first }) => (first ? `new ${kind}` : kind)));
    expect(firsts).toEqual([
      ['new opening', 'new ending'],
      ['opening', 'ending'],
      ['ending'],
      ['new opening', 'ending'],
      ['opening', 'ending'],
    ]);
  });

  it('does without an episode whose fingerprint is gone, or was never taken', async () => {
    const lost = { key: 'hls/nowhere/fingerprint.bin', secondsPerWord: SECONDS_PER_WORD };
    const some = planned.map((episode, i) =>
      i === 0 ? { ...episode, fingerprint: lost } : i === 2 ? { ...episode, fingerprint: null } : episode,
    );
    const markers = await markersOf(some);
    expect(markers.map((list) => list.map(({ kind }) => kind))).toEqual([
      [],
      ['ending'], // its opening is heard in no other any more
      [],
      ['opening', 'ending'],
      ['opening', 'ending'],
    ]);
  });
});

describe('what repeats and is no theme', () => {
  it('jingles, silences and tones are not marked', async () => {
    const jingle = music(500, 9);
    const tone = Float32Array.from(
      { length: 30 * 11_025 },
      (_, i) => 0.2 * Math.sin((2 * Math.PI * 1000 * i) / 11_025),
    );
    const episodes = [0, 1, 2].map((i) => [
      tone,
      music(510 + i, 20 + i),
      jingle,
      music(520 + i, 30),
      silence(25),
      music(530 + i, 25 + 2 * i),
      jingle,
      silence(20),
    ]);
    expect(await markersOf(await season('dull', episodes))).toEqual([[], [], []]);
  }, 60_000);
});
