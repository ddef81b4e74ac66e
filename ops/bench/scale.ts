import { World } from '../chaos/world.ts';
import type { Material } from './art.ts';
import { shown, type Figure } from './figure.ts';
import { jobRun, type JobRun } from './job-run.ts';
import { efficiency, type SimulatedTask } from './simulate.ts';

const WORKERS = [1, 2, 4, 8, 16, 32, 64];
const EPISODE_SECONDS = 24 * 60;
const CHUNK_SECONDS = 30;
const SEASON = 13;
const GOAL = 0.9;

/**
 * How well N transcoders share the work: a simulation that charges every task what a real one was measured to take, for one episode of
 * 24 minutes and for a season of them.
 */
export async function scale(film: () => Promise<Material>): Promise<Figure[]> {
  const { upload, seconds } = await film();
  const world = await World.start({
    seed: 1,
    transcoders: 1,
    slots: 1,
    preset: 'veryfast',
    chunkSeconds: 16,
    calm: true,
  });
  const run = await jobRun(world, upload);
  await world.stop();
  const episode = episodeLike(run, seconds);
  const season = Array.from({ length: SEASON }, () => episode);
  return WORKERS.flatMap((workers) => [
    shown({
      name: `one episode, ${workers} transcoders, efficiency`,
      value: efficiency([episode], workers),
      unit: '',
    }),
    atLeast(`a season of ${SEASON}, ${workers} transcoders, efficiency`, efficiency(season, workers)),
  ]);
}

/** The tasks of a 24-minute episode, from those of a short film: what grows with length grows, what does not stays. */
function episodeLike({ tasks }: JobRun, seconds: number): SimulatedTask[] {
  const took = (kind: string) =>
    tasks.filter((task) => task.kind === kind).reduce((sum, task) => sum + task.seconds, 0);
  const each = (kind: string) => took(kind) / Math.max(1, tasks.filter((task) => task.kind === kind).length);
  const longer = EPISODE_SECONDS / seconds;
  const head = tasks.find(({ kind, part }) => kind === 'video-chunk' && part === '0')?.seconds ?? 0;
  const chunk = ((took('video-chunk') - head) / seconds) * CHUNK_SECONDS;
  const chunks = Math.round(EPISODE_SECONDS / CHUNK_SECONDS);
  const list: SimulatedTask[] = [
    { seconds: each('probe'), after: [] },
    { seconds: head, after: [0] },
    { seconds: each('survey') * Math.min(longer, 6), after: [0] }, // probe encodes are capped, reading is not
  ];
  const begin = (length: number) => list.push({ seconds: length, after: [2] });
  for (const { kind, seconds: took } of tasks)
    if (kind === 'audio' || kind === 'subtitles' || kind === 'pictures') begin(took * longer);
  for (let i = 0; i < chunks; i++) begin(chunk);
  list.push({ seconds: took('package') * longer, after: list.map((_, i) => i) });
  return list;
}

const atLeast = (name: string, value: number): Figure => ({
  name,
  value,
  unit: '',
  baseline: null,
  ratio: null,
  goal: `≥ ${GOAL}`,
  met: value >= GOAL,
});
