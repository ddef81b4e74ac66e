import type { JobCard, JobView, TaskView } from '../../schema/api/ingest.ts';
import { taskKinds } from '../../schema/jobs/state.ts';
import { jobProgress } from './progress.ts';
import type { JobDetail } from './queries/job-views.ts';

/** A job as editors see it: its tasks in the order of the pipeline. */
export function jobView({ card, tasks, notes, certificate, settings }: JobDetail): JobView {
  const kinds = tasks.map(({ kind, progress }) => ({ kind, sum: progress, count: 1 }));
  return {
    ...card,
    progress: jobProgress(card.state, kinds),
    settings,
    tasks: tasks.toSorted(inPipelineOrder).map(taskView),
    notes: [...notes, ...tasks.flatMap((task) => task.notes)],
    certificate: certificate && {
      holds: certificate.holds,
      checks: certificate.checks,
      warnings: certificate.warnings,
    },
  };
}

export const jobCard = (
  card: Omit<JobCard, 'progress'>,
  kinds: Parameters<typeof jobProgress>[1],
): JobCard => ({
  ...card,
  progress: jobProgress(card.state, kinds),
});

type Row = JobDetail['tasks'][number];
const inPipelineOrder = (a: Row, b: Row) =>
  taskKinds.indexOf(a.kind) - taskKinds.indexOf(b.kind) ||
  a.part.localeCompare(b.part, 'en', { numeric: true });

/** `attempt` is what counts against the limit, not the fence of the row: claims that nobody took are no attempts. */
function taskView({ failures, dueAt, diskNow, diskPeak, ...row }: Row): TaskView {
  const { id, kind, part, state, progress, note, problem, detail, log, startedAt, finishedAt } = row;
  return {
    id,
    kind,
    part,
    state,
    attempt: failures + (state === 'leased' || state === 'done' ? 1 : 0),
    progress,
    note,
    disk: diskNow === null || diskPeak === null ? null : { now: diskNow, peak: diskPeak },
    problem,
    detail,
    log,
    startedAt,
    finishedAt,
    retryAt: state === 'waiting' && failures > 0 ? dueAt : null,
  };
}
