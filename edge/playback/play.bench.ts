import { expect, it } from 'vitest';
import * as v from 'valibot';
import { Play } from '../../schema/api/playback.ts';
import { counted, type Count } from '../testing/counted.ts';
import { bearer } from '../testing/sign-in.ts';
import { episodeWith, nothingPlays, worldWide } from './playback.fixture.ts';

// One play of a 24-minute episode, counted; ops/bench/play.ts reads the lines.
const figure = (name: string, value: number, unit: string, atMost: number) =>
  console.log(`FIGURE ${JSON.stringify({ name, value, unit, atMost })}`);
const worst = (counts: readonly Count[], key: keyof Count) => Math.max(...counts.map((count) => count[key]));

it('counts one play', async () => {
  const { episodeId, pkg } = await episodeWith('bench', [worldWide]);
  const fetch = counted(await bearer('viewer'));
  // An account's very first play makes its first profile, once.
  const { episodeId: before } = await episodeWith('before', [worldWide]);
  await fetch('POST', `/api/episodes/${before}/hls`);
  const start = async () => {
    await nothingPlays();
    return fetch('POST', `/api/episodes/${episodeId}/hls`);
  };
  const cold = await start();
  const warm = await start();
  const { masterUrl } = v.parse(Play, await warm.answer.json());
  figure('start of a play, D1 round trips', worst([cold.count, warm.count], 'd1'), 'round trips', 1);
  // The episode, its title, its licence and the viewer's profile, and entries of indexes.
  figure('start of a play, calls of Durable Objects', worst([cold.count, warm.count], 'objects'), 'calls', 1);
  figure('start of a play, rows read', worst([cold.count, warm.count], 'rows'), 'rows', 5);

  const path = (name: string) => new URL(masterUrl).pathname.replace('master.m3u8', name);
  const names = ['master', ...[...pkg.video, ...pkg.audio, ...pkg.subtitles].map(({ id }) => id)];
  const all = async () => {
    const counts: Count[] = [];
    const segments: string[] = [];
    for (const name of names) {
      const { answer, count } = await fetch('GET', path(`${name}.m3u8`));
      counts.push(count);
      const text = new TextDecoder().decode(await answer.arrayBuffer());
      segments.push(...text.split('\n').filter((line) => /\.(m4s|vtt)(\?|$)/.test(line)));
    }
    return { counts, segments };
  };
  const first = await all();
  const again = await all();
  expect(first.segments.length).toBeGreaterThan(1000);
  for (const key of ['d1', 'kv'] as const)
    figure(`playlist, ${key} reads`, worst([...first.counts, ...again.counts], key), 'reads', 0);
  const signatures = first.counts.reduce((sum, count) => sum + count.signatures, 0);
  figure('all playlists, signatures when cold', signatures, 'signatures', 1);
  figure('all playlists, signatures when warm', worst(again.counts, 'signatures'), 'signatures', 0);

  const keys: Count[] = [];
  for (const period of [0, 1, pkg.periods - 1]) keys.push((await fetch('GET', path(`key/${period}`))).count);
  for (const key of ['d1', 'kv'] as const) figure(`key, ${key} reads`, worst(keys, key), 'reads', 0);
  figure('key, calls of Durable Objects', worst(keys, 'objects'), 'calls', 1);
  const ours = first.segments.filter(
    (line) => !/^https?:/.test(line) || line.startsWith('https://engawa.test/'),
  );
  figure('segments that go through the Worker', ours.length, `of ${first.segments.length}`, 0);
});
