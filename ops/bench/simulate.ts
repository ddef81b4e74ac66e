/**
 * One task of a job: what it costs one core, seconds, which tasks of its job it waits for (their places in the list), and its place
 * in the line (edge/ingest/queries/tasks.ts `nextInLine`: what ends a job first, then what begins one, then the rest as it came).
 */
export type SimulatedTask = { name: string; rank: number; seconds: number; after: readonly number[] };

type Job = readonly SimulatedTask[];
type Place = { job: number; task: number };

/**
 * How long `workers` cores take for these jobs, seconds, if each task takes what it was measured to take: whoever is free takes the
 * first of the line.
 */
export function makespan(jobs: readonly Job[], workers: number): number {
  const left = jobs.map((tasks) => tasks.map(({ after }) => after.length));
  const ready: Place[] = [];
  const ranked = ({ job, task }: Place) => jobs[job]![task]!.rank;
  const enter = (place: Place) => {
    const order = (other: Place) =>
      ranked(other) - ranked(place) || other.job - place.job || other.task - place.task;
    const at = ready.findIndex((other) => order(other) > 0);
    ready.splice(at < 0 ? ready.length : at, 0, place);
  };
  const place = (job: number) => (task: number) => ({ job, task });
  jobs.forEach((tasks, job) => starters(tasks).map(place(job)).forEach(enter));
  let running: (Place & { ends: number })[] = [];
  let now = 0;
  for (;;) {
    while (running.length < workers && ready.length > 0) {
      const next = ready.shift()!;
      running.push({ ...next, ends: now + jobs[next.job]![next.task]!.seconds });
    }
    if (running.length === 0) return now;
    now = Math.min(...running.map(({ ends }) => ends));
    const over = running.filter(({ ends }) => ends <= now);
    running = running.filter(({ ends }) => ends > now);
    for (const { job, task } of over)
      jobs[job]!.forEach(({ after }, other) => {
        if (after.includes(task) && --left[job]![other]! === 0) enter({ job, task: other });
      });
  }
}

const starters = (tasks: Job): number[] => tasks.flatMap(({ after }, i) => (after.length === 0 ? [i] : []));

/** Work done over cores held: 1 is a crowd in which nobody ever waits. */
export function efficiency(jobs: readonly Job[], workers: number): number {
  const work = jobs.flat().reduce((sum, { seconds }) => sum + seconds, 0);
  return work / (workers * makespan(jobs, workers));
}
