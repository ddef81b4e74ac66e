import type { NewTrack } from '../../../../schema/api/ingest.ts';
import type { Id } from '../../../../schema/ids.ts';
import { audioRoles, subtitleRoles } from '../../../../schema/ladder.ts';
import { titles } from '../../calls.ts';
import type { Failure } from '../../fresh-hook.ts';
import type { UploadFor, UploadQueue } from '../../uploader/queue.ts';
import type { Purpose } from '../../uploader/send-file.ts';
import type { Group, Line } from './rows.ts';

type Labelled = (place: { title: string; season: number; episode: number }) => string;

/** In the order of episodes, each video before what joins it. */
const inOrder = (a: Line, b: Line) =>
  Number(a.season) - Number(b.season) ||
  Number(a.number) - Number(b.number) ||
  Number(a.use !== 'video') - Number(b.use !== 'video');

/** What a side-car is as a track; null for a video. */
export function trackOf({ use, language, role }: Pick<Line, 'use' | 'language' | 'role'>): NewTrack | null {
  const facts = { language, name: null, delay: 0, replaces: null };
  if (use === 'audio')
    return { kind: 'audio', role: audioRoles.find((known) => known === role) ?? 'dub', ...facts };
  if (use === 'subtitles')
    return { kind: 'subtitles', role: subtitleRoles.find((known) => known === role) ?? 'full', ...facts };
  return null;
}

/**
 * Puts the files of a title in the line of uploads, and makes the episodes that are not there.
 * @returns keys of rows that went, and why the first that did not could not
 */
export async function sendGroup(
  { title }: Group,
  lines: readonly Line[],
  { uploads, label, publish }: { uploads: UploadQueue; label: Labelled; publish: boolean },
): Promise<{ gone: string[]; failure: Failure | null }> {
  const gone: string[] = [];
  const made = new Map<string, Id<'episode'>>();
  const videos = new Map<string, string>();
  if (!title) return { gone, failure: null };
  for (const line of lines.filter(({ use }) => use !== 'skip').toSorted(inOrder)) {
    const [season, number] = [Number(line.season), Number(line.number)];
    const spot = `${season} ${number}`;
    let episodeId = line.episode?.id ?? made.get(spot);
    if (!episodeId) {
      const { name } = line.row.read;
      const fields = { ...(season === 0 ? { kind: 'special' as const } : {}), ...(name ? { name } : {}) };
      const answer = await titles.putEpisode(title.id, { season, number }, fields);
      if (!answer.ok) return { gone, failure: answer };
      episodeId = answer.value.id;
      made.set(spot, episodeId);
    }
    const of: UploadFor = {
      episodeId,
      titleId: title.id,
      label: label({ title: title.names.main, season, episode: number }),
    };
    const track = trackOf(line);
    const purpose: Purpose = track
      ? { track }
      : { publishWhenReady: publish || (line.row.open?.publishWhenReady ?? false) };
    const key = uploads.add(line.row.file, of, purpose, track ? (videos.get(spot) ?? null) : null);
    if (!track) videos.set(spot, key);
    gone.push(line.row.key);
  }
  return { gone, failure: null };
}
