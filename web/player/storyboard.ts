/** One tile of a storyboard: from when to when it stands for the film, and the address of its picture with `#xywh=`. */
export type Tile = { from: number; to: number; address: string };

const TIMES = /^(?:(\d+):)?(\d\d):(\d\d\.\d{3}) --> (?:(\d+):)?(\d\d):(\d\d\.\d{3})/;

/**
 * The tiles of a storyboard in WebVTT. Sprites stand beside it and are opened by what opens it: a token in the path goes with a relative
 * address by itself, a signature in the query does not.
 */
export function tilesOf(vtt: string, address: string): Tile[] {
  const { search } = new URL(address);
  return vtt.split(/\r?\n\r?\n/).flatMap((block) => {
    const lines = block.split(/\r?\n/);
    const at = lines.findIndex((line) => line.includes('-->'));
    const times = TIMES.exec(lines[at] ?? '');
    const picture = lines[at + 1];
    if (!times || !picture) return [];
    const [from, to] = [seconds(times[1], times[2], times[3]), seconds(times[4], times[5], times[6])];
    const sprite = new URL(picture, address);
    sprite.search = search;
    return [{ from, to, address: sprite.href }];
  });
}

const seconds = (hours = '0', minutes = '0', rest = '0'): number =>
  Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);

/** The track by this label is where the controls look for pictures of the seek bar. */
const LABEL = 'thumbnails';
const trackOf = (video: HTMLVideoElement): TextTrack =>
  [...video.textTracks].find(({ label }) => label === LABEL) ?? video.addTextTrack('metadata', LABEL);

/** Gives the seek bar its pictures. One that cannot be had is one that there is not: nothing else depends on it. */
export async function showStoryboard(
  video: HTMLVideoElement,
  url: string | null,
  signal: AbortSignal,
): Promise<void> {
  const track = trackOf(video);
  track.mode = 'hidden'; // a track that is disabled has no cues (HTML, "text track mode")
  for (const cue of Array.from(track.cues ?? [])) track.removeCue(cue);
  if (url === null) return;
  const answer = await fetch(url, { signal }).catch(() => null);
  const vtt = answer?.ok ? await answer.text().catch(() => null) : null;
  if (vtt === null || signal.aborted) return;
  for (const { from, to, address } of tilesOf(vtt, url)) track.addCue(new VTTCue(from, to, address));
}
