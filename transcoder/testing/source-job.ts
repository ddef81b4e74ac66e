import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '../../schema/jobs/plan.ts';
import type { EncodeSettings } from '../../schema/jobs/settings.ts';
import { joined, numbered } from './inspect.ts';
import { ffmpeg } from './media.ts';
import { runJob, surveySource, type Rig } from './rig.ts';

/** A film whose pictures carry their numbers, as an input of FFmpeg: input 0; a tone is input 1. */
export const numberedInputs = (rate: string, seconds = 3): string[] => [
  ...lavfi(`${numbered({ rate, seconds })},scale=288:128:flags=neighbor,setsar=1`),
  ...lavfi(`sine=frequency=440:sample_rate=48000:duration=${seconds}`),
];

/** An input drawn by a graph. */
export const lavfi = (graph: string): string[] => ['-f', 'lavfi', '-i', graph];

/** Makes a source with FFmpeg, named within the rig's folder, and uploads it. @returns its object key */
export async function makeSource(rig: Rig, name: string, ...args: (string | string[])[]): Promise<string> {
  const path = join(rig.folder, name);
  await ffmpeg(...args, path);
  const key = `sources/${name}`;
  await rig.upload(key, await readFile(path));
  return key;
}

export type Episode = {
  /** What the quick look said, and the survey. */
  quick: Plan;
  plan: Plan;
  headStands: boolean;
  certified: boolean;
  /** Files to play: the top rung, and each audio track. */
  video: string;
  audio: string[];
};

/** A source all the way: quick look, survey, every chunk and track, package. */
export async function intoEpisode(rig: Rig, key: string, settings?: EncodeSettings): Promise<Episode> {
  const { quick, plan, headStands } = await surveySource(rig, key, settings);
  const { package: done, objects } = await runJob(rig, key, plan);
  const audio: string[] = [];
  for (const { id } of plan.audio) audio.push(await joined(rig, objects, id));
  return {
    quick,
    plan,
    headStands,
    certified: done.certificate.holds,
    video: await joined(rig, objects, plan.rungs.at(-1)!.id),
    audio,
  };
}
