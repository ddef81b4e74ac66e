/** A job is the transcode of one asset; a task is its unit of dispatch and retry. */
export const jobStates = [
  'queued',
  'probing',
  'encoding',
  'packaging',
  'ready',
  'failed',
  'cancelled',
] as const;
export type JobState = (typeof jobStates)[number];

/**
 * `probe` is a quick look, whatever the length; `survey` reads and measures the whole source while the head is encoded already.
 * `markers` compares the episodes of a season, after `package`: no job waits for it.
 */
export const taskKinds = [
  'probe',
  'survey',
  'video-chunk',
  'audio',
  'subtitles',
  'pictures',
  'package',
  'markers',
] as const;
export type TaskKind = (typeof taskKinds)[number];

export const taskStates = ['waiting', 'queued', 'leased', 'done', 'failed'] as const;
export type TaskState = (typeof taskStates)[number];

/**
 * The only moves there are. Every change is compare-and-set on the state it leaves (edge/ingest/queries), and the
 * tests of jobs hold every change to these tables.
 */
export const jobMoves: Record<JobState, readonly JobState[]> = {
  queued: ['probing', 'cancelled'],
  probing: ['encoding', 'failed', 'cancelled'],
  encoding: ['packaging', 'failed', 'cancelled'],
  packaging: ['ready', 'failed', 'cancelled'],
  ready: [],
  failed: ['queued', 'probing', 'encoding', 'packaging'], // an editor's retry: from where there is nothing left to do before
  cancelled: [],
};
export const taskMoves: Record<TaskState, readonly TaskState[]> = {
  waiting: ['queued', 'leased', 'failed'], // leased: the message was quicker than the note that it was sent
  queued: ['leased', 'waiting', 'failed'], // waiting: a head that the survey's plan does without
  leased: ['done', 'waiting', 'queued', 'failed'],
  done: ['waiting'], // an editor's retry, or a head that the survey's plan does without
  failed: ['waiting'],
};

/** How one attempt at a task ended. `lost`: its transcoder fell silent; `released`: it was stopped and handed the task back. */
export const attemptOutcomes = ['done', 'failed', 'lost', 'released', 'cancelled', 'superseded'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** Over for good, or until somebody retries. */
export const isOver = (state: JobState): boolean =>
  state === 'ready' || state === 'failed' || state === 'cancelled';

/** How long a claimed task may go without a heartbeat, ms. Heartbeats come at most every 5 s. */
export const LEASE_MS = 45_000;
export const HEARTBEAT_MS = 5_000;
export const MAX_ATTEMPTS = 5;
/** How long a job that failed for want of a store or a transcoder keeps what it finished, ms: a retry resumes it. */
export const KEPT_MS = 6 * 3_600_000;
/** How long what an amendment took out of an asset stays, ms: playback tokens that name it live 12 h (edge/playback/token.ts). */
export const RETIRED_MS = 13 * 3_600_000;
/** Wait before attempt `attempt` + 1, ms: 5 s, 10 s, 20 s, 40 s. */
export const backoffMs = (attempt: number): number => 5_000 * 2 ** Math.max(0, attempt - 1);
