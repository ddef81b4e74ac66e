import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, expect, test } from 'vitest';
import { episode1 } from './film/episode1.ts';
import { episode2 } from './film/episode2.ts';
import { renderFilm } from './film/render.ts';
import { FPS, HEIGHT, WIDTH, type Film } from './film/shot.ts';
import { mixes } from './film/sound/mix.ts';
import { syllables } from './film/sound/voice.ts';
import { ass, shotsOf, srt } from './film/timeline.ts';
import { faces } from './film/fonts.ts';
import { makeRig, probeSource, runJob } from '../../transcoder/testing/rig.ts';

const folder = mkdtempSync(join(tmpdir(), 'engawa-film-'));
afterAll(() => rmSync(folder, { recursive: true }));
const films = [episode1, episode2];

/** Two seconds with everything in them: two shots on different counts, speech, writing, effects. */
const excerpt: Film = {
  number: 1,
  en: 'Excerpt',
  ja: 'ばっすい',
  sections: [
    {
      chapter: 'Part A',
      music: 'evening',
      shots: [
        {
          seconds: 1.25,
          on: 2,
          ambience: ['rain'],
          sounds: [[0.2, 'drip']],
          signs: [{ at: 0.5, lasts: 0.5, en: 'A sign' }],
          lines: [{ at: 0.1, lasts: 1, who: 'teru', en: 'Good\nevening.', ja: 'こんばんは。' }],
          set: () => (g, t) => {
            g.fillStyle = `rgb(${Math.round(t * 200)}, 90, 120)`;
            g.fillRect(0, 0, WIDTH, HEIGHT);
          },
        },
      ],
    },
    {
      chapter: 'Ending',
      music: 'ending',
      shots: [
        {
          seconds: 0.75,
          on: 'still',
          set: () => (g) => {
            g.fillStyle = '#f0c0a0';
            g.fillRect(0, 0, WIDTH, HEIGHT);
          },
        },
      ],
    },
  ],
};

const probe = (file: string, ...args: string[]) =>
  JSON.parse(execFileSync('ffprobe', ['-v', 'error', '-of', 'json', ...args, file]).toString());

test('an excerpt is what a studio hands in, and the same bytes every time', async () => {
  const [a, b] = [join(folder, 'a.mkv'), join(folder, 'b.mkv')];
  await renderFilm(excerpt, a, { width: 320, height: 180 });
  await renderFilm(excerpt, b, { width: 320, height: 180 });
  const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
  expect(hash(a)).toBe(hash(b));
  expect(readdirSync(folder).sort()).toEqual(['a.mkv', 'b.mkv']);

  const { streams, chapters, format } = probe(a, '-show_streams', '-show_chapters', '-show_format');
  type Stream = {
    codec_name?: string;
    codec_type: string;
    tags: { language: string; filename: string };
    disposition: { default: number };
  };
  const isFont = (s: Stream) => s.codec_type === 'attachment';
  expect(streams.filter(isFont).map((s: Stream) => s.tags.filename)).toEqual(['dialogue.ttf', 'sign.ttf']);
  const media = streams.filter((s: Stream) => !isFont(s));
  expect(media.map((s: Stream) => [s.codec_name, s.tags.language, s.disposition.default])).toEqual([
    ['h264', 'jpn', 1],
    ['flac', 'jpn', 1],
    ['flac', 'eng', 0],
    ['ass', 'eng', 1],
    ['subrip', 'jpn', 0],
  ]);
  type Chapter = { start_time: string; tags: { title: string } };
  expect(chapters.map((c: Chapter) => [Number(c.start_time), c.tags.title])).toEqual([
    [0, 'Part A'],
    [1.25, 'Ending'],
  ]);
  expect(Number(format.duration)).toBeCloseTo(2, 2);
  const frames = probe(
    a,
    '-select_streams',
    'v',
    '-count_packets',
    '-show_entries',
    'stream=nb_read_packets',
  );
  expect(Number(frames.streams[0].nb_read_packets)).toBe(2 * FPS);
});

test('a drawing on twos is shown twice, and drawn once', async () => {
  let drawn = 0;
  const film = structuredCloneShots(excerpt, () => drawn++);
  await renderFilm(film, join(folder, 'twos.mkv'), { width: 160, height: 90 });
  expect(drawn).toBe(15 + 1);
});
function structuredCloneShots(film: Film, count: () => void): Film {
  const sections = film.sections.map((section) => ({
    ...section,
    shots: section.shots.map((shot) => ({
      ...shot,
      set: () => {
        const draw = shot.set();
        return (...args: Parameters<typeof draw>) => {
          count();
          draw(...args);
        };
      },
    })),
  }));
  return { ...film, sections };
}

test('sound is loud enough, never clips, and differs only where somebody speaks', () => {
  const { ja, en } = mixes(excerpt, 2);
  for (const mix of [ja, en]) {
    const peak = mix.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
    expect(peak).toBeLessThan(0.85);
    expect(Math.sqrt(mix.reduce((s, x) => s + x * x, 0) / mix.length)).toBeGreaterThan(0.03);
  }
  const before = Math.round(0.09 * 48_000) * 2;
  const gap = (from: number, to: number) =>
    ja.slice(from, to).reduce((m, x, i) => Math.max(m, Math.abs(x - en[from + i]!)), 0);
  expect(gap(0, before)).toBeLessThan(1e-6);
  expect(gap(before, ja.length)).toBeGreaterThan(0.02);
});

test('babble has the syllables of its language', () => {
  expect(syllables('まだ、ふってる。', 'ja')).toEqual(['a', 'a', null, 'u', 'e', 'u', null]);
  expect(syllables('It’s sunny!', 'en')).toEqual(['i', 'u', 'i', null]);
  expect(syllables('雨', 'ja')).toHaveLength(2);
});

test.each(films.map((film) => [film.number, film] as const))('episode %i is whole', (_, film) => {
  const { shots, sections, seconds } = shotsOf(film);
  expect(sections.map((s) => s.chapter)).toEqual(['Opening', 'Part A', 'Part B', 'Ending']);
  expect(seconds).toBeGreaterThan(45);
  expect(seconds).toBeLessThan(75);
  let last = 0;
  for (const { start, shot } of shots)
    for (const { at, lasts, en, ja } of shot.lines ?? []) {
      expect(start + at).toBeGreaterThanOrEqual(last);
      last = start + at + lasts;
      expect(at + lasts).toBeLessThanOrEqual(shot.seconds);
      expect(ja).toMatch(/[\p{Script=Hiragana}]/u);
      expect(en).toMatch(/[A-Za-z]/);
      // Readable: at most 22 characters a second of either language.
      expect(Math.max(en.length, ja.length) / lasts).toBeLessThan(22);
    }
});

test('both episodes open with the same drawings and the same notes', () => {
  expect(episode1.sections[0]).toBe(episode2.sections[0]);
});

test('subtitles say when and what', () => {
  expect(srt(excerpt)).toBe('1\n00:00:00,100 --> 00:00:01,100\nこんばんは。\n');
  expect(ass(excerpt)).toContain('Dialogue: 0,0:00:00.10,0:00:01.10,Dialogue,,0,0,0,,Good\\Nevening.');
  expect(ass(excerpt)).toContain('Dialogue: 0,0:00:00.50,0:00:01.00,Sign,,0,0,0,,A sign');
});

test.each(
  films.flatMap((film) =>
    shotsOf(film)
      .shots.slice(2)
      .map(({ shot }, i) => [film.number, i + 3, shot] as const),
  ),
)('episode %i, shot %i covers the whole picture and moves', (_, __, shot) => {
  const draw = shot.set();
  const look = (t: number) => {
    const canvas = createCanvas(WIDTH / 8, HEIGHT / 8);
    const g = canvas.getContext('2d');
    g.scale(1 / 8, 1 / 8);
    draw(g, t);
    return canvas.data();
  };
  const [first, later, again] = [look(0.5), look(shot.seconds - 0.5), look(0.5)];
  for (let i = 3; i < first.length; i += 4) expect(Math.min(first[i]!, later[i]!)).toBe(255);
  expect(Buffer.compare(first, later)).not.toBe(0);
  expect(Buffer.compare(first, again)).toBe(0);
});

test('what comes of the film has no warning that would keep it from being published', async () => {
  const path = join(folder, 'publishable.mkv');
  await renderFilm(excerpt, path, { width: 320, height: 180 });
  const rig = await makeRig();
  try {
    await rig.upload('sources/film', readFileSync(path));
    const { package: result } = await runJob(rig, 'sources/film', await probeSource(rig, 'sources/film'));
    expect(result.certificate).toMatchObject({ holds: true, warnings: [] });
    const typeset = result.package.subtitles.flatMap((track) => track.typeset ?? []);
    expect(typeset.flatMap(({ fonts }) => fonts.map(({ family }) => family)).sort()).toEqual(
      expect.arrayContaining([faces.dialogue.family]),
    );
  } finally {
    await rig.close();
  }
});
