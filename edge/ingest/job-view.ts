import type { JobCard, JobView, TaskView } from '../../schema/api/ingest.ts';
import type { Plan } from '../../schema/jobs/plan.ts';
import { taskKinds } from '../../schema/jobs/state.ts';
import { jobProgress, readyAt } from './progress.ts';
import type { CardRow, JobDetail, Under } from './queries/job-views.ts';
import { waitOf } from './waits.ts';

/** A job as editors see it: its tasks in the order of the pipeline. */
export function jobView(
  { card, plan, tasks, certificate, settings }: JobDetail,
  line: readonly string[],
  now: number,
): JobView {
  return {
    ...jobCard(card, { plan, tasks }, line, now),
    settings,
    source: card.purpose === 'encode' && plan ? sourceOf(plan) : null,
    rungs: (plan?.rungs ?? []).map(({ id, codec, width, height, crf, maxrate }) => ({
      id,
      codec,
      width,
      height,
      crf,
      maxrate,
    })),
    tasks: tasks.toSorted(inPipelineOrder).map(taskView),
    notes: [...(plan?.source.notes ?? []), ...tasks.flatMap((task) => task.notes)],
    certificate: certificate && {
      holds: certificate.holds,
      checks: certificate.checks,
      warnings: certificate.warnings,
    },
  };
}

const sourceOf = ({ source, frameRate }: Plan): JobView['source'] => ({
  container: source.container,
  codec: source.videoCodec,
  width: source.width,
  height: source.height,
  frameRate,
  duration: source.duration,
  interlaced: source.fields !== null,
  hdr: source.hdr,
});

/**
 * @param work of a job that is not ready; undefined where nothing of it is known
 * @param line jobs that wait for their turn, in order (`inLine`)
 */
export function jobCard(
  card: CardRow,
  work: Under | undefined,
  line: readonly string[],
  now: number,
): JobCard {
  const tasks = work?.tasks ?? [];
  const all = { state: card.state, plan: work?.plan ?? null, tasks };
  const place = card.state === 'queued' ? line.indexOf(card.id) : -1;
  return {
    ...card,
    progress: jobProgress(all),
    readyAt: readyAt(all, now),
    ahead: place < 0 ? null : place,
    waits: waitOf(all, now),
    working: tasks
      .filter(({ state }) => state === 'leased')
      .map(({ id, kind, part, progress, note }) => ({ id, kind, part, progress, note })),
    tasksDone: tasks.filter(({ state }) => state === 'done').length,
    tasksAll: tasks.length,
  };
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
