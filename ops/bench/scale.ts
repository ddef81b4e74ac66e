import { World } from '../chaos/world.ts';
import { longer, type Material } from './art.ts';
import { shown, type Figure } from './figure.ts';
import { jobRun, type TaskRun } from './job-run.ts';
import { efficiency, type SimulatedTask } from './simulate.ts';

const WORKERS = [1, 2, 4, 8, 16, 32, 64];
const EPISODE_SECONDS = 24 * 60;
const CHUNK_SECONDS = 30;
const SEASON = 13;
/** Of a short and of a longer film, minutes: what grows with length is told from what does not. */
const MINUTES = [1, 4] as const;
const GOAL = 0.9;

/**
 * How well N transcoders share the work: a simulation that charges every task the CPU time that a real one was measured to take (the
 * clock's, for the few that do not say), for one episode of 24 minutes, for a season of them, and for a season each 8 transcoders.
 */
export async function scale(film: () => Promise<Material>): Promise<Figure[]> {
  const given = await film();
  const [short, long] = [await longer(given, MINUTES[0]), await longer(given, MINUTES[1])];
  const world = await World.start({
    seed: 1,
    transcoders: 1,
    slots: 1,
    preset: 'fast',
    chunkSeconds: CHUNK_SECONDS,
    calm: true,
  });
  const runs = [
    { seconds: short.seconds, tasks: (await jobRun(world, short.upload)).tasks },
    { seconds: long.seconds, tasks: (await jobRun(world, long.upload)).tasks },
  ] as const;
  await world.stop();
  const episode = episodeLike(runs);
  const of = (episodes: number) => Array.from({ length: episodes }, () => episode);
  return [
    ...charged(episode),
    ...WORKERS.flatMap((workers) => [
      shown({
        name: `one episode, ${workers} transcoders, efficiency`,
        value: efficiency(of(1), workers),
        unit: '',
      }),
      atLeast(`a season of ${SEASON}, ${workers} transcoders`, efficiency(of(SEASON), workers)),
      atLeast(
        `a season for each 8 of ${workers} transcoders`,
        efficiency(of(SEASON * Math.max(1, workers / 8)), workers),
      ),
    ]),
  ];
}

type Run = { seconds: number; tasks: readonly TaskRun[] };

/** The tasks of a 24-minute episode, each kind on the line through both measured films. */
function episodeLike([short, long]: readonly [Run, Run]): SimulatedTask[] {
  const took = (run: Run, kind: string, part?: string) =>
    run.tasks
      .filter((task) => task.kind === kind && (part === undefined || task.part === part))
      .reduce((sum, { seconds, cpuSeconds }) => sum + (cpuSeconds || seconds), 0);
  const grown = (kind: string, part?: string) => {
    const [a, b] = [took(short, kind, part), took(long, kind, part)];
    return Math.max(b, a + ((b - a) / (long.seconds - short.seconds)) * (EPISODE_SECONDS - short.seconds));
  };
  const head = took(long, 'video-chunk', '0');
  const video = (took(long, 'video-chunk') - head) / long.seconds;
  const list: SimulatedTask[] = [
    { name: 'probe', rank: 1, seconds: took(long, 'probe'), after: [] },
    { name: 'head', rank: 2, seconds: head, after: [0] },
    { name: 'survey', rank: 3, seconds: grown('survey'), after: [0] },
  ];
  const whole = long.tasks.filter(({ kind }) => ['audio', 'subtitles', 'pictures'].includes(kind));
  for (const { kind, part } of whole)
    list.push({ name: `${kind} ${part}`.trim(), rank: 3, seconds: grown(kind, part), after: [2] });
  for (let from = 0; from < EPISODE_SECONDS; from += CHUNK_SECONDS)
    list.push({ name: 'chunk', rank: 3, seconds: video * CHUNK_SECONDS, after: [2] });
  list.push({ name: 'package', rank: 0, seconds: grown('package'), after: list.map((_, i) => i) });
  return list;
}

/** What the simulation charges, a line a kind. */
const charged = (episode: readonly SimulatedTask[]): Figure[] =>
  [...new Map(episode.map((task) => [task.name, task])).values()].map(({ name, seconds }) =>
    shown({ name: `charged for ${name} of a 24-minute episode`, value: seconds, unit: 's' }),
  );

const atLeast = (name: string, value: number): Figure => ({
  name: `${name}, efficiency`,
  value,
  unit: '',
  baseline: null,
  ratio: null,
  goal: `≥ ${GOAL}`,
  met: value >= GOAL,
});
