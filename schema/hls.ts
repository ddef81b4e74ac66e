import type { AudioRendition, Package, Segment, SubtitleRendition, VideoRendition } from './package.ts';

/**
 * Playlists from a package, pure: the edge writes them per grant, the transcoder writes static ones beside the media.
 * Tags and attributes as in RFC 8216bis (draft-pantos-hls-rfc8216bis), sections in brackets.
 */
export type Rendition = VideoRendition | AudioRendition | SubtitleRendition;

export type MediaAddresses = {
  /** Address of a segment or init file, from its `uri` in the package. */
  file: (uri: string) => string;
  /** Address of a key period's key. */
  key: (period: number) => string;
};

/**
 * A VOD media playlist. EXT-X-MAP stands before the first EXT-X-KEY, so the init segment is clear [4.4.4.5]; no IV is
 * given, so it is the media sequence number as 16 bytes big-endian [4.4.4.4], and the sequence starts at 0.
 */
export function mediaPlaylist(rendition: Rendition, at: MediaAddresses): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${targetDuration(rendition.segments)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
  if ('init' in rendition) lines.push(`#EXT-X-MAP:URI=${quoted(at.file(rendition.init.uri))}`);
  let period = -1;
  for (const segment of rendition.segments) {
    if (segment.period !== period) {
      period = segment.period;
      lines.push(`#EXT-X-KEY:METHOD=AES-128,URI=${quoted(at.key(period))}`);
    }
    lines.push(`#EXTINF:${printed(segment)},`, at.file(segment.uri));
  }
  return text([...lines, '#EXT-X-ENDLIST']);
}

const printed = (segment: Segment) => segment.duration.toFixed(6);

/** An EXTINF, as printed, rounded to the nearest integer must not exceed it [4.4.3.1]. */
export const targetDuration = (segments: readonly Segment[]): number =>
  Math.max(1, ...segments.map((segment) => Math.round(Number(printed(segment)))));

/** What one grant may see of a package. */
export type Selection = Pick<Package, 'video' | 'audio' | 'subtitles'>;

/**
 * The multivariant playlist [4.4.6]: one group of audio, one of subtitles, one variant per rung in the order given.
 * @param address of a rendition's media playlist, from its id
 */
export function masterPlaylist(selection: Selection, address: (renditionId: string) => string): string {
  const { video, audio, subtitles } = selection;
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS'];
  const list = (type: string, group: string, tracks: readonly Track[], own: (track: Track) => string) => {
    for (const { track, name, isDefault, autoselect } of described(tracks))
      lines.push(
        `#EXT-X-MEDIA:TYPE=${type},GROUP-ID="${group}",NAME=${quoted(name)},LANGUAGE=${quoted(track.language)},` +
          `DEFAULT=${yes(isDefault)},AUTOSELECT=${yes(autoselect)}${own(track)}${characteristics(track.role)},` +
          `URI=${quoted(address(track.id))}`,
      );
  };
  list('AUDIO', 'audio', audio, (track) => ('channels' in track ? `,CHANNELS="${track.channels}"` : ''));
  list('SUBTITLES', 'subtitles', subtitles, (track) => `,FORCED=${yes(track.role === 'forced')}`);

  // BANDWIDTH is the largest sum of peaks that any playable combination of renditions can have [4.4.6.2].
  const texts = subtitles.map(({ segments }) => segmentRates(segments));
  const peak = dearest(audio, (a) => a.bandwidth) + dearest(texts, (t) => t.peak);
  const average = dearest(audio, (a) => a.averageBandwidth) + dearest(texts, (t) => t.average);
  for (const rung of video) {
    const [frames, seconds] = rung.frameRate;
    const codecs = new Set([rung.codec, ...audio.map(({ codec }) => codec)]);
    lines.push(
      `#EXT-X-STREAM-INF:BANDWIDTH=${Math.ceil(rung.bandwidth + peak)},AVERAGE-BANDWIDTH=${Math.ceil(rung.averageBandwidth + average)},` +
        `CODECS=${quoted([...codecs].join(','))},RESOLUTION=${rung.width}x${rung.height},FRAME-RATE=${(frames / seconds).toFixed(3)}` +
        `${audio.length > 0 ? ',AUDIO="audio"' : ''}${subtitles.length > 0 ? ',SUBTITLES="subtitles"' : ''},CLOSED-CAPTIONS=NONE`,
      address(rung.id),
    );
  }
  return text(lines);
}

type Track = AudioRendition | SubtitleRendition;

/**
 * The rules of a group [4.4.6.1, 4.4.6.1.1]: names differ, at most one default, a default is selected by itself, and of
 * tracks that a player cannot tell apart by language and purpose only one is. Commentary and signs are for those who ask.
 */
function described(tracks: readonly Track[]) {
  const names = new Set<string>();
  const taken = new Set<string>();
  const kind = (track: Track) =>
    [track.language.toLowerCase(), track.role === 'forced', characteristics(track.role)].join();
  const chosen = tracks.find((track) => track.default);
  if (chosen) taken.add(kind(chosen));
  return tracks.map((track) => {
    let name = clean(track.name);
    while (names.has(name)) name += ` (${track.id})`;
    names.add(name);
    const autoselect =
      track === chosen || !(track.role === 'commentary' || track.role === 'signs' || taken.has(kind(track)));
    if (autoselect) taken.add(kind(track));
    return { track, name, isDefault: track === chosen, autoselect };
  });
}

/** Apple's media characteristics, as the draft lists them for CHARACTERISTICS [4.4.6.1]. */
function characteristics(role: Track['role']): string {
  if (role === 'description') return ',CHARACTERISTICS="public.accessibility.describes-video"';
  if (role !== 'sdh') return '';
  return ',CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound"';
}

/**
 * Bit/s of a rendition's segments. The peak is that of any run of segments that lasts between 0.5 and 1.5 target
 * durations [4.1]; where no run does, the average.
 */
export function segmentRates(segments: readonly Segment[]): { peak: number; average: number } {
  const target = targetDuration(segments);
  let peak = 0;
  for (let first = 0; first < segments.length; first++) {
    let seconds = 0;
    let bits = 0;
    for (let last = first; last < segments.length; last++) {
      seconds += segments[last]!.duration;
      bits += segments[last]!.bytes * 8;
      if (seconds > 1.5 * target) break;
      if (seconds >= 0.5 * target) peak = Math.max(peak, bits / seconds);
    }
  }
  const seconds = segments.reduce((sum, segment) => sum + segment.duration, 0);
  const average = seconds > 0 ? segments.reduce((sum, segment) => sum + segment.bytes * 8, 0) / seconds : 0;
  return { peak: Math.max(peak, average), average };
}

const dearest = <T>(all: readonly T[], rate: (one: T) => number) => Math.max(0, ...all.map(rate));
const yes = (flag: boolean) => (flag ? 'YES' : 'NO');
const text = (lines: readonly string[]) => `${lines.join('\n')}\n`;
/** No control characters anywhere, NFC [4.1]; no double quote inside a quoted string [4.2]. */
const clean = (words: string) =>
  words
    .normalize('NFC')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll('"', "'");
const quoted = (words: string) => `"${clean(words)}"`;
