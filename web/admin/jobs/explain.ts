import type { JobCard, TaskView } from '../../../schema/api/ingest.ts';
import type { JobState, TaskState } from '../../../schema/jobs/state.ts';
import type { ProblemCode } from '../../../schema/problem.ts';
import type { Say } from '../desk.ts';
import type { Formats } from '../format.ts';
import type { Tone } from '../parts.tsx';

export const jobTone: Record<JobState, Tone> = {
  queued: 'quiet',
  probing: 'busy',
  encoding: 'busy',
  packaging: 'busy',
  ready: 'good',
  failed: 'danger',
  cancelled: 'quiet',
};
export const taskTone: Record<TaskState, Tone> = {
  waiting: 'quiet',
  queued: 'quiet',
  leased: 'busy',
  done: 'good',
  failed: 'danger',
};

/** What mends it: another try of the same file, or another file. */
export type Way = 'retry' | 'upload';
type Words = { why: Parameters<Say>[0]; advice: Parameters<Say>[0]; way: Way };

/** Why jobs end without a package, and what to do. What is not here is nobody's fault who reads it. */
const known = {
  'source-empty': { why: 'why.source-empty', advice: 'do.source', way: 'upload' },
  'source-unreadable': { why: 'why.source-unreadable', advice: 'do.source', way: 'upload' },
  'source-truncated': { why: 'why.source-truncated', advice: 'do.source-truncated', way: 'upload' },
  'source-no-video': { why: 'why.source-no-video', advice: 'do.source-no-video', way: 'upload' },
  'source-not-allowed': { why: 'why.source-not-allowed', advice: 'do.source-not-allowed', way: 'upload' },
  'source-too-long': { why: 'why.source-too-long', advice: 'do.source-too-long', way: 'upload' },
  'track-unusable': { why: 'why.track-unusable', advice: 'do.track', way: 'upload' },
  'upload-mismatch': { why: 'why.upload-mismatch', advice: 'do.upload', way: 'upload' },
  'encode-failed': { why: 'why.encode-failed', advice: 'do.encode', way: 'retry' },
  'verification-failed': { why: 'why.verification-failed', advice: 'do.verification', way: 'retry' },
  'storage-failed': { why: 'why.storage-failed', advice: 'do.retry', way: 'retry' },
  'attempts-exhausted': { why: 'why.attempts-exhausted', advice: 'do.retry', way: 'retry' },
  'job-cancelled': { why: 'why.job-cancelled', advice: 'do.upload', way: 'upload' },
} as const satisfies Partial<Record<ProblemCode, Words>>;
const other = { why: 'why.other', advice: 'do.retry', way: 'retry' } as const satisfies Words;

export const explainFailure = (code: ProblemCode | null) =>
  code && code in known ? known[code as keyof typeof known] : other;

/** `a0-ja`: the first audio track, in Japanese. `und` (BCP 47): the source does not say. */
const track = (t: Say, rendition: string, languageName: (code: string) => string) => {
  const [, index, code] = /^[a-z](\d+)-(.+)$/.exec(rendition) ?? [];
  const language = !code || code === 'und' ? t('track.unknown') : languageName(code);
  return { part: index === undefined ? rendition : Number(index) + 1, language };
};

/** The task's name in words: `Video, part 3`. Parts are counted from 1 by people. */
export function taskName(
  t: Say,
  { language }: Pick<Formats, 'language'>,
  { kind, part }: Pick<TaskView, 'kind' | 'part'>,
): string {
  switch (kind) {
    case 'video-chunk':
      return t('taskKind.video-chunk', { part: Number(part) + 1 });
    case 'audio':
    case 'subtitles':
      return t(`taskKind.${kind}`, track(t, part, language));
    case 'probe':
    case 'survey':
    case 'pictures':
    case 'markers':
    case 'package':
      return t(`taskKind.${kind}`);
    default:
      return kind satisfies never;
  }
}

export const jobHeading = (t: Say, { titleName, season, episode }: JobCard): string =>
  t('job.heading', { title: titleName, season, episode });
