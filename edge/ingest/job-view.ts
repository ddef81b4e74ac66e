import type { JobCard, JobView, TaskView } from '../../schema/api/ingest.ts';
import { taskKinds } from '../../schema/jobs/state.ts';
import { jobProgress, readyAt } from './progress.ts';
import type { CardRow, JobDetail, Under } from './queries/job-views.ts';

/** A job as editors see it: its tasks in the order of the pipeline. */
export function jobView({ card, plan, tasks, certificate, settings }: JobDetail, now: number): JobView {
  return {
    ...jobCard(card, { plan, tasks }, now),
    settings,
    tasks: tasks.toSorted(inPipelineOrder).map(taskView),
    notes: [...(plan?.source.notes ?? []), ...tasks.flatMap((task) => task.notes)],
    certificate: certificate && {
      holds: certificate.holds,
      checks: certificate.checks,
      warnings: certificate.warnings,
    },
  };
}

/** @param work of a job that is not ready; undefined where nothing of it is known */
export function jobCard(card: CardRow, work: Under | undefined, now: number): JobCard {
  const all = { state: card.state, plan: work?.plan ?? null, tasks: work?.tasks ?? [] };
  return { ...card, progress: jobProgress(all), readyAt: readyAt(all, now) };
}

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
