import * as v from 'valibot';
import { AudioFacts, Pictures, VideoFacts, type Typeset, type Warning } from '../../../schema/media-facts.ts';
import type { Plan } from '../../../schema/jobs/plan.ts';
import type { TaskSpecOf } from '../../../schema/jobs/task.ts';
import type { Package } from '../../../schema/package.ts';
import { mergeVideoFacts } from '../video/analysis.ts';
import { meanLikeness, type ChunkLikeness } from '../video/likeness.ts';
import { mainTrack } from '../audio/tracks.ts';

export type Reports = TaskSpecOf<'package'>['reports'];

/** What the encode tasks of a job found out, together. */
export type Findings = {
  /** By rendition. */
  audio: ReadonlyMap<string, AudioFacts>;
  typeset: ReadonlyMap<string, Typeset>;
  pictures: Pictures | null;
  analysis: Package['analysis'];
  /** By rung: SSIM of the whole episode. */
  likeness: ReadonlyMap<string, number>;
  warnings: Warning[];
};

export function findings(
  plan: Pick<Plan, 'audio' | 'warnings' | 'grid' | 'chunks'>,
  reports: Reports,
): Findings {
  const audio = new Map<string, AudioFacts>();
  const typeset = new Map<string, Typeset>();
  const video: VideoFacts[] = [];
  const alike: ChunkLikeness[] = [];
  let pictures: Pictures | null = null;
  // Parsing drops the word that tells the kinds of facts apart.
  for (const { part, facts } of reports)
    switch (facts?.of) {
      case 'audio':
        audio.set(part, v.parse(AudioFacts, facts));
        break;
      case 'subtitles':
        if (facts.typeset) typeset.set(part, facts.typeset);
        break;
      case 'pictures':
        pictures = v.parse(Pictures, facts);
        break;
      case 'video':
        video.push(v.parse(VideoFacts, facts));
        alike.push({ frames: framesOf(plan, part), likeness: facts.likeness });
        break;
      case undefined:
    }
  const main = mainTrack(plan.audio) ?? plan.audio[0];
  const silence = (main && audio.get(main.id)?.silence) ?? [];
  const analysis = { ...mergeVideoFacts(video), silence };
  const reported = [...plan.warnings, ...reports.flatMap(({ warnings }) => warnings)];
  const likeness = meanLikeness(alike);
  return {
    audio,
    typeset,
    pictures,
    analysis,
    likeness,
    warnings: [...reported, ...flashing(analysis, reported)],
  };
}

const framesOf = ({ grid, chunks }: Pick<Plan, 'grid' | 'chunks'>, part: string): number => {
  const chunk = chunks.find(({ index }) => String(index) === part);
  if (!chunk) return 0;
  const { firstSegment, segments } = chunk;
  return grid.slice(firstSegment, firstSegment + segments).reduce((sum, { frames }) => sum + frames, 0);
};

/** Flashing never blocks: it is shown to viewers before they start. */
const flashing = ({ flashes }: VideoFacts, known: readonly Warning[]): Warning[] => {
  const [first] = flashes;
  if (!first || known.some(({ code }) => code === 'flashing')) return [];
  const worst = flashes.reduce((most, { badness }) => Math.max(most, badness), 0);
  const detail =
    `The picture flashes ${flashes.length === 1 ? 'once' : `${flashes.length} times`} in a way that can harm, ` +
    `first at ${first.start.toFixed(1)} s, at worst ${worst.toFixed(1)} times what is held to be safe.`;
  return [{ code: 'flashing', detail, blocks: false }];
};

/** Objects that facts speak of, which are stored as they are: key and, where it was said, size. */
export function filesOf({
  audio,
  subtitles,
  pictures,
}: Pick<Package, 'audio' | 'subtitles' | 'pictures'>): Map<string, number | null> {
  const files = new Map<string, number | null>();
  const add = (file: { uri: string; bytes?: number } | null | undefined) => {
    if (file) files.set(file.uri, file.bytes ?? null);
  };
  for (const { facts } of audio) add(facts?.fingerprint);
  for (const { typeset } of subtitles) {
    add(typeset);
    typeset?.fonts.forEach(add);
  }
  for (const { sizes } of pictures?.stills ?? [])
    for (const { files: formats } of sizes) formats.forEach(add);
  add(pictures?.storyboard);
  pictures?.storyboard?.sprites.forEach(add);
  add(pictures?.preview);
  add(pictures?.waveform);
  return files;
}
