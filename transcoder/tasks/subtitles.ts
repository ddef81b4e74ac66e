import type { EncodeResult } from '../../schema/jobs/task.ts';
import type { Warning } from '../../schema/media-facts.ts';
import { cuesOfAss } from '../plan/subtitles/ass-cues.ts';
import { parseAss } from '../plan/subtitles/ass.ts';
import { sealing } from '../plan/encryption.ts';
import { secondsOf } from '../plan/grid.ts';
import { periodSpans } from '../plan/periods.ts';
import { parseSrt } from '../plan/subtitles/srt.ts';
import { parseCues, placeCues, vttSegment, type Cue } from '../plan/subtitles/vtt.ts';
import { segmentKey } from './media.ts';
import { readSubtitles, type SubtitleText } from './subtitle-source.ts';
import { TaskProblem, type TaskRun } from './task.ts';
import { typesetFiles } from './typeset.ts';
import { IMMUTABLE, writeObjects, type Draft } from './write.ts';

/**
 * One text track: to WebVTT, onto the video's timeline, one segment per key period, encrypted. What was typeset is stored beside
 * it as it was written, with its fonts.
 */
export async function subtitles(run: TaskRun<'subtitles'>): Promise<EncodeResult> {
  const { plan, rendition } = run.spec;
  const track = plan.subtitles.find(({ id }) => id === rendition);
  if (!track)
    throw new TaskProblem('encode-failed', `The plan has no subtitles ${rendition}`, { retryable: false });
  const source = await readSubtitles(run, track);
  const span = { shift: source.zero - track.delay, duration: secondsOf(plan.frames, plan.frameRate) };
  run.report(0.5, 'placing cues');
  const cues = placeCues(readers[source.format](source.text), span.shift, span.duration);
  const original = source.typeset ? await typesetFiles(run, source, span) : null;
  run.report(0.9, 'uploading');
  const drafts = [...segmentDrafts(run, cues), ...(original?.drafts ?? [])];
  return {
    kind: 'subtitles',
    objects: await writeObjects(run, drafts),
    cpuSeconds: source.cpuSeconds,
    notes: [
      ...source.notes,
      ...(cues.length === 0 ? [`The subtitles ${rendition} say nothing during the episode.`] : []),
      ...(original?.notes ?? []),
    ],
    facts: {
      of: 'subtitles',
      cues: cues.length,
      encoding: source.encoding,
      typeset: original?.typeset ?? null,
    },
    warnings: [...unsure(source, rendition), ...(original?.warnings ?? [])],
  };
}

const readers: Record<SubtitleText['format'], (text: string) => Cue[]> = {
  srt: parseSrt,
  vtt: parseCues,
  ass: (text) => cuesOfAss(parseAss(text)),
};

function segmentDrafts({ spec }: TaskRun<'subtitles'>, cues: readonly Cue[]): Draft[] {
  const { plan, rendition } = spec;
  const seal = sealing(spec);
  return periodSpans(plan).map(({ from, to }, period) => {
    const { text, cues: samples } = vttSegment(cues, from, to);
    return {
      key: segmentKey(rendition, period, 'vtt'),
      content: seal(Buffer.from(text), period, period),
      type: 'text/vtt; charset=utf-8',
      cache: IMMUTABLE,
      segment: { rendition, index: period, duration: to - from, samples, period },
    };
  });
}

const unsure = ({ sure, encoding }: SubtitleText, rendition: string): Warning[] =>
  sure
    ? []
    : [
        {
          code: 'encoding-unsure',
          detail: `The subtitles do not say what their characters are encoded as; they were read as ${encoding}. Look at them, or save the file as UTF-8.`,
          blocks: false,
          rendition,
        },
      ];
