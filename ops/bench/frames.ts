import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../schema/jobs/plan.ts';
import { planGrid } from '../../transcoder/plan/grid.ts';
import { decodeTimes, joined, pictureTimes, steps } from '../../transcoder/testing/inspect.ts';
import { clip, ffmpeg } from '../../transcoder/testing/media.ts';
import { makeRig, probeSource, runJob, type Rig } from '../../transcoder/testing/rig.ts';
import { bounded, equal, type Figure } from './figure.ts';

const CHUNK_COUNTS = [1, 2, 5];
const SECONDS = 40;

/** Source and HLS have the same pictures, whatever the number of chunks. */
export async function frames(): Promise<Figure[]> {
  const rig = await makeRig();
  try {
    const source = await clip(rig.folder, 'source.mkv', { seconds: SECONDS, size: '1280x720' });
    await rig.upload('sources/bench', source);
    const plan = await probeSource(rig, 'sources/bench');
    const inSource = (await pictureTimes(join(rig.folder, 'source.mkv'))).length;
    const figures: Figure[] = [];
    for (const chunkCount of CHUNK_COUNTS) {
      const cut = { ...plan, ...planGrid(plan.frames, plan.frameRate, { chunkCount }) };
      figures.push(...(await inspect(rig, cut, inSource)));
    }
    return figures;
  } finally {
    await rig.close();
  }
}

async function inspect(rig: Rig, plan: Plan, inSource: number): Promise<Figure[]> {
  const cut = plan.chunks.length === 1 ? '1 chunk' : `${plan.chunks.length} chunks`;
  const { objects } = await runJob(rig, 'sources/bench', plan);
  const figures: Figure[] = [];
  for (const { id } of plan.rungs) {
    const film = await joined(rig, objects, id);
    const times = await pictureTimes(film);
    const name = `${cut}, ${id}`;
    const baseline = { name: 'frames of the source', value: inSource };
    figures.push(equal({ name: `${name}, frames`, value: times.length, unit: 'frames' }, baseline));
    figures.push(bounded({ name: `${name}, uneven steps`, value: uneven(times), unit: '' }, 0));
  }
  for (const { id } of plan.audio) {
    const gaps = steps(await decodeTimes(await joined(rig, objects, id))).length - 1;
    figures.push(bounded({ name: `${cut}, ${id}, gaps`, value: gaps, unit: '' }, 0));
  }
  const strange = await unlikeSource(rig, plan.rungs.at(-1)!.id);
  figures.push(bounded({ name: `${cut}, pictures unlike the source's`, value: strange, unit: '' }, 0));
  return figures;
}

/** Steps between neighbours that differ from the first one by more than rounding. */
const uneven = (times: readonly number[]): number => {
  const all = times.slice(1).map((time, i) => time - times[i]!);
  return all.filter((step) => Math.abs(step - all[0]!) > 1e-4).length;
};

/**
 * Pictures of the top rung that do not look like the picture of the same number in the source. A moving test picture is
 * some 20 dB away from its own neighbour, and an encode of itself more than 30.
 */
async function unlikeSource(rig: Rig, rung: string): Promise<number> {
  const log = join(rig.folder, 'psnr.txt');
  await writeFile(log, '');
  const number = 'settb=1/1000,setpts=N*40'; // compared by number, not by time
  await ffmpeg(
    '-i',
    join(rig.folder, `${rung}.mp4`),
    '-i',
    join(rig.folder, 'source.mkv'),
    '-lavfi',
    `[0:v]${number}[a];[1:v]${number}[b];[a][b]psnr=stats_file=${log}`,
    '-f',
    'null',
    '-',
  );
  const lines = (await readFile(log, 'utf8')).trim().split('\n');
  return lines.filter(
    (line) => Number(/psnr_avg:([\d.]+|inf)/.exec(line)?.[1]?.replace('inf', '99') ?? 0) < 27,
  ).length;
}
