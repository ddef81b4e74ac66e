/** One task of a job: what it costs one core, seconds, and which tasks of its job it waits for (their places in the list). */
export type SimulatedTask = { seconds: number; after: readonly number[] };

/**
 * How long `workers` cores take for these jobs, seconds, if each task takes what it was measured to take: whoever is free takes the
 * first task that may begin, in the order given, as the queue has it.
 */
export function makespan(jobs: readonly (readonly SimulatedTask[])[], workers: number): number {
  type Running = { job: number; task: number; ends: number };
  const done = jobs.map((tasks) => tasks.map(() => false));
  const begun = jobs.map((tasks) => tasks.map(() => false));
  let running: Running[] = [];
  let now = 0;
  /** Jobs are looked through from the first that is not wholly begun. */
  let open = 0;
  const next = (): { job: number; task: number } | null => {
    while (open < jobs.length && begun[open]!.every(Boolean)) open++;
    for (let job = open; job < jobs.length; job++)
      for (const [task, { after }] of jobs[job]!.entries())
        if (!begun[job]![task] && after.every((other) => done[job]![other])) return { job, task };
    return null;
  };
  for (;;) {
    while (running.length < workers) {
      const free = next();
      if (!free) break;
      begun[free.job]![free.task] = true;
      running.push({ ...free, ends: now + jobs[free.job]![free.task]!.seconds });
    }
    if (running.length === 0) return now;
    now = Math.min(...running.map(({ ends }) => ends));
    for (const { job, task, ends } of running) if (ends <= now) done[job]![task] = true;
    running = running.filter(({ ends }) => ends > now);
  }
}

/** Work done over cores held: 1 is a crowd in which nobody ever waits. */
export function efficiency(jobs: readonly (readonly SimulatedTask[])[], workers: number): number {
  const work = jobs.flat().reduce((sum, { seconds }) => sum + seconds, 0);
  return work / (workers * makespan(jobs, workers));
}
