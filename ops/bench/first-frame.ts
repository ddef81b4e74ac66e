import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import * as v from 'valibot';
import { findChromium } from '../check/browser.ts';
import { launch } from '../local/launch.ts';
import { d1 } from '../local/worker.ts';
import { longer, type Material } from './art.ts';
import { against, bounded, median, shown, type Figure } from './figure.ts';
import { launchBrowser, sitDown, type Line, type Player } from './viewing.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lines: Record<string, Line> = {
  '8 Mbit/s, 40 ms': { bits: 8e6, latency: 40 },
  '1.6 Mbit/s, 150 ms': { bits: 1.6e6, latency: 150 },
};
const FEWEST_RUNS = 5;
const AT_MOST = 0.35;
const MOST_REQUESTS = 5;
/** A minute is enough for a drop of bandwidth and what comes after. */
const FILM_MINUTES = 1.2;

/**
 * From the click on play to the first frame: the watch page of the whole platform, against hls.js with its defaults on a bare page,
 * same file, same server, same browser. Pages stand and are idle before the click, scripts of the bare page are there; each run is a
 * browser that has seen nothing, ours and theirs in turns. And what a seeded drop of bandwidth does to either.
 */
export async function firstFrame(film: () => Promise<Material>, runs: number): Promise<Figure[]> {
  const found = await findChromium(() => undefined);
  if (!('path' in found)) throw new Error(found.howTo);
  const { upload } = await longer(await film(), FILM_MINUTES);
  const platform = await launch({ env: { PRESET: 'veryfast' } });
  try {
    const { origin, data } = platform;
    // Browsers that are closed in the middle hold their streams for minutes.
    const roomy = `UPDATE plans SET streams = 200 WHERE id = 'household'`;
    await d1(['execute', 'engawa', '--yes', '--command', roomy], { root, data });
    const episode = await published(origin, upload);
    const browser = await launchBrowser(found.path);
    try {
      return await watched({ browser, origin, episode }, Math.max(FEWEST_RUNS, runs));
    } finally {
      await browser.close();
    }
  } finally {
    await platform.stop();
  }
}

/** In through the front door, as anybody's film. */
async function published(origin: string, film: string): Promise<string> {
  const program = [`${root}ops/local/ingest.ts`, film, '--title', 'A bench', '--json', '--origin', origin];
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: root, maxBuffer: 2 ** 26 });
  return v.parse(v.object({ episodeId: v.string() }), JSON.parse(stdout)).episodeId;
}

type Cinema = { browser: Browser; origin: string; episode: string };

export async function watched(cinema: Cinema, runs: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, line] of Object.entries(lines)) {
    const seen: Record<Player, Start[]> = { ours: [], asks: [], told: [] };
    for (let run = 0; run < runs; run++)
      for (const player of ['ours', 'asks', 'told'] as const)
        seen[player].push(await start(cinema, player, line));
    const ms = (player: Player) => median(seen[player].map((one) => one.ms));
    const ours = { name: `${name}: click to first frame (median of ${runs})`, value: ms('ours'), unit: 'ms' };
    figures.push(
      against(ours, { name: 'hls.js', value: ms('asks') }, AT_MOST),
      shown({
        ...ours,
        name: `${name}: hls.js that was given the address before the click`,
        value: ms('told'),
      }),
      bounded(
        {
          name: `${name}: requests before it`,
          value: Math.max(...seen.ours.map(({ requests }) => requests)),
          unit: '',
        },
        MOST_REQUESTS,
      ),
      shown({
        name: `${name}: requests before it, hls.js`,
        value: median(seen.asks.map((s) => s.requests)),
        unit: '',
      }),
    );
  }
  return [...figures, await drops(cinema)];
}

type Start = { ms: number; requests: number; bytes: number };
async function start({ browser, origin, episode }: Cinema, player: Player, line: Line): Promise<Start> {
  const visit = await sitDown(browser, origin, episode, player);
  try {
    await visit.line(line);
    await visit.press();
    return await visit.firstFrame();
  } finally {
    await visit.close();
  }
}

const SEEDS = [1, 2, 3, 4, 5];
/** Mulberry32: the same drop for both players, and in every run. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

/** A line that was good falls to less than the smallest rung needs, soon after the play began, and comes back. Seconds of standing still. */
async function drops(cinema: Cinema): Promise<Figure> {
  const total = { ours: 0, asks: 0 };
  for (const seed of SEEDS) {
    const next = random(seed);
    const drop = { after: 800 + 1700 * next(), bits: 1.5e5 + 2.5e5 * next(), lasts: 15_000 + 7_000 * next() };
    for (const player of ['ours', 'asks'] as const) total[player] += await through(cinema, player, drop);
  }
  return against(
    { name: `a drop of bandwidth, standing still (${SEEDS.length} seeds)`, value: total.ours, unit: 's' },
    { name: 'hls.js', value: total.asks },
    1,
  );
}

async function through(
  { browser, origin, episode }: Cinema,
  player: Player,
  drop: { after: number; bits: number; lasts: number },
): Promise<number> {
  const visit = await sitDown(browser, origin, episode, player);
  try {
    await visit.line({ bits: 8e6, latency: 40 });
    await visit.press();
    await sleep(drop.after);
    await visit.line({ bits: drop.bits, latency: 150 });
    await sleep(drop.lasts);
    await visit.line({ bits: 3e6, latency: 80 });
    await sleep(12_000);
    await visit.firstFrame();
    return await visit.stalled();
  } finally {
    await visit.close();
  }
}
