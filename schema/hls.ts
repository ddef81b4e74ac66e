import { audioGroups, described, purpose, type Member, type Track } from './hls-groups.ts';
import type {
  AudioRendition,
  Package,
  Segment,
  SubtitleRendition,
  TrickRendition,
  VideoRendition,
} from './package.ts';

/**
 * Playlists from a package, pure: the edge writes them per grant, the transcoder writes static ones beside the media.
 * Tags and attributes as in RFC 8216bis (draft-pantos-hls-rfc8216bis), sections in brackets.
 */

export type MediaAddresses = {
  /** Address of a segment or init file, from its `uri` in the package. */
  file: (uri: string) => string;
  /** Address of a key period's key; null where the asset is not encrypted. */
  key: ((period: number) => string) | null;
};

/** A playlist that is not complete yet: its segments so far, from the first one on, without a gap. */
export type Growing = {
  type: 'EVENT';
  /** True once nothing will be added. */
  ended: boolean;
  /** The longest segment that there will be, whole seconds: a playlist must not change it [4.4.3.1]. */
  target: number;
};

/**
 * Where a play is interrupted for advertising, as interstitials [Appendix D]: each break is a date range that names the list of what is
 * shown in it. Dates are those of DAY_ZERO: they say where in the film something is, not when, so that playlists stay the same for all.
 */
export type Breaks = {
  /** Seconds, ascending. */
  at: readonly number[];
  /** Viewers may skip them and jump over them. */
  skippable: boolean;
  /** Seconds that a break lasts at the most. */
  longest: number;
  /** Address of the list of what is shown in the nth. */
  list: (n: number) => string;
};
/** The day of the first picture, at midnight, wherever there are dates; no film is longer. Not that of 1970: players take 0 for none. */
export const DAY_ZERO = '2000-01-01';

/** What of a rendition a media playlist tells. */
type Listed = { segments: readonly Segment[]; init?: { uri: string } };

/** A media playlist: complete (VOD), or of an asset that is still being encoded (EVENT [4.4.3.5]). */
export const mediaPlaylist = (rendition: Listed, at: MediaAddresses, growing?: Growing): string =>
  text(listing(rendition, at, growing));

/**
 * A complete playlist of a play with breaks. Dates have to stand in all media playlists of it, or in none [6.2.4]; breaks in those of the video.
 * @param breaks null: of a rendition that is no video
 */
export const datedPlaylist = (rendition: Listed, at: MediaAddresses, breaks: Breaks | null): string =>
  text(listing(rendition, at, undefined, [], dated(breaks)));
export const datedIFramePlaylist = (rendition: TrickRendition, at: MediaAddresses): string =>
  text(listing(rendition, at, undefined, ['#EXT-X-I-FRAMES-ONLY'], dated(null)));

/** ISO 8601, of less than a day. */
function date(second: number): string {
  const ms = Math.round(second * 1000);
  const part = (size: number, of: number, digits: number) =>
    String(Math.floor(ms / size) % of).padStart(digits, '0');
  return `${DAY_ZERO}T${part(3_600_000, 24, 2)}:${part(60_000, 60, 2)}:${part(1000, 60, 2)}.${part(1, 1000, 3)}Z`;
}

/**
 * CUE says that a break is played once, and one at 0 before anything else, wherever the play begins [4.4.5.1.1]. The film goes on where
 * it was: without X-RESUME-OFFSET=0 it would be as much further as the break lasted, as on television. X-PLAYOUT-LIMIT holds whatever is shown
 * to its length.
 */
function dated(breaks: Breaks | null): string[] {
  const zero = `#EXT-X-PROGRAM-DATE-TIME:${date(0)}`;
  if (!breaks) return [zero];
  const { at, skippable, longest, list } = breaks;
  const ranges = at.map(
    (second, n) =>
      `#EXT-X-DATERANGE:ID="break-${n}",CLASS="com.apple.hls.interstitial",START-DATE="${date(second)}",` +
      `CUE="${second === 0 ? 'PRE,ONCE' : 'ONCE'}",X-ASSET-LIST=${quoted(list(n))},X-RESUME-OFFSET=0,` +
      `X-PLAYOUT-LIMIT=${longest}${skippable ? '' : ',X-RESTRICT="SKIP,JUMP"'}`,
  );
  return [zero, ...ranges];
}

/** The key frames of an asset, each a segment of its own [4.4.3.6]: how players show pictures while seeking fast. */
export const iFramePlaylist = (rendition: TrickRendition, at: MediaAddresses): string =>
  text(listing(rendition, at, undefined, ['#EXT-X-I-FRAMES-ONLY']));

/**
 * EXT-X-MAP stands before the first EXT-X-KEY, so the init segment is clear [4.4.4.5]; no IV is given, so it is the media
 * sequence number as 16 bytes big-endian [4.4.4.4], and the sequence starts at 0.
 */
function listing(
  { segments, init }: Listed,
  at: MediaAddresses,
  growing?: Growing,
  also: readonly string[] = [],
  dates: readonly string[] = [],
): string[] {
  const { ended, target } = growing ?? { ended: true, target: targetDuration(segments) };
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${target}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    // What stands in an EVENT playlist never changes, not even its type once it is complete [4.4.3.5].
    `#EXT-X-PLAYLIST-TYPE:${growing ? 'EVENT' : 'VOD'}`,
    ...also,
    '#EXT-X-INDEPENDENT-SEGMENTS',
  ];
  if (init) lines.push(`#EXT-X-MAP:URI=${quoted(at.file(init.uri))}`);
  lines.push(...dates); // the first is the date of the segment that follows [4.4.4.6]
  let period = -1;
  for (const segment of segments) {
    if (at.key && segment.period !== period) {
      period = segment.period;
      lines.push(`#EXT-X-KEY:METHOD=AES-128,URI=${quoted(at.key(period))}`);
    }
    lines.push(`#EXTINF:${printed(segment)},`, at.file(segment.uri));
  }
  return ended ? [...lines, '#EXT-X-ENDLIST'] : lines;
}

const printed = (segment: Segment) => segment.duration.toFixed(6);

/** An EXTINF, as printed, rounded to the nearest integer must not exceed it [4.4.3.1]. */
export const targetDuration = (segments: readonly Segment[]): number =>
  Math.max(1, ...segments.map((segment) => Math.round(Number(printed(segment)))));

/** What one grant may see of a package. */
export type Selection = Pick<Package, 'video' | 'audio' | 'subtitles'> & { trick?: Package['trick'] };

/**
 * The multivariant playlist [4.4.6]. Variants stand in the order given, H.264 before AV1, stereo before surround: players
 * start with the first, which every one of them can play and any connection can carry.
 * @param address of a rendition's media playlist, from its id
 */
export function masterPlaylist(selection: Selection, address: (renditionId: string) => string): string {
  const { audio, subtitles, trick = [] } = selection;
  const groups = audioGroups(audio);
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS'];
  const list = (
    type: string,
    group: string,
    members: readonly Member<Track>[],
    own: (track: Track) => string,
  ) => {
    for (const { track, name, isDefault, autoselect } of members)
      lines.push(
        `#EXT-X-MEDIA:TYPE=${type},GROUP-ID="${group}",NAME=${quoted(name)},LANGUAGE=${quoted(track.language)},` +
          `DEFAULT=${yes(isDefault)},AUTOSELECT=${yes(autoselect)}${own(track)}${characteristics(track.role)},` +
          `URI=${quoted(address(track.id))}`,
      );
  };
  const channels = (track: Track) => ('channels' in track ? `,CHANNELS="${track.channels}"` : '');
  for (const group of groups) list('AUDIO', group.id, group.members, channels);
  list('SUBTITLES', 'subtitles', described(subtitles), (track) => `,FORCED=${yes(track.role === 'forced')}`);

  const video = [
    ...selection.video.filter((rung) => !isAv1(rung)),
    ...selection.video.filter((rung) => isAv1(rung)),
  ];
  const scores = scoresOf(video);
  for (const group of groups.length > 0 ? groups : [null])
    for (const rung of video) {
      const sounds = (group?.members ?? []).map(({ track }) => track);
      const { peak, average } = ratesWith(rung, sounds, subtitles);
      const [frames, seconds] = rung.frameRate;
      const codecs = new Set([rung.codec, ...sounds.map(({ codec }) => codec)]);
      const score = scores.get(rung.id);
      lines.push(
        `#EXT-X-STREAM-INF:BANDWIDTH=${peak},AVERAGE-BANDWIDTH=${average}${score ? `,SCORE=${score}` : ''},` +
          `CODECS=${quoted([...codecs].join(','))},RESOLUTION=${rung.width}x${rung.height},FRAME-RATE=${(frames / seconds).toFixed(3)},` +
          `VIDEO-RANGE=SDR${group ? `,AUDIO="${group.id}"` : ''}${subtitles.length > 0 ? ',SUBTITLES="subtitles"' : ''},CLOSED-CAPTIONS=NONE`,
        address(rung.id),
      );
    }
  for (const { id, bandwidth, averageBandwidth, codec, width, height } of trick)
    lines.push(
      `#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=${Math.ceil(bandwidth)},AVERAGE-BANDWIDTH=${Math.ceil(averageBandwidth)},` +
        `CODECS=${quoted(codec)},RESOLUTION=${width}x${height},VIDEO-RANGE=SDR,URI=${quoted(address(id))}`,
    );
  return text(lines);
}

const isAv1 = ({ codec }: VideoRendition) => codec.startsWith('av01.');

/**
 * Where there are two codecs, bandwidth does not say which picture is better, so each variant has a SCORE [4.4.6.2]: more
 * lines are better, and of as many lines the AV1 picture, which also costs less.
 */
function scoresOf(video: readonly VideoRendition[]): Map<string, number> {
  if (!video.some(isAv1) || video.every(isAv1)) return new Map();
  const better = video.toSorted(
    (a, b) =>
      a.height - b.height || Number(isAv1(a)) - Number(isAv1(b)) || a.averageBandwidth - b.averageBandwidth,
  );
  return new Map(better.map(({ id }, i) => [id, i + 1]));
}

/** BANDWIDTH is the largest sum of peaks that any playable combination of renditions can have [4.4.6.2]. */
function ratesWith(
  rung: VideoRendition,
  audio: readonly AudioRendition[],
  subtitles: readonly SubtitleRendition[],
): { peak: number; average: number } {
  const texts = subtitles.map(({ segments }) => segmentRates(segments));
  const sum = (video: number, sound: number, words: number) => Math.ceil(video + sound + words);
  return {
    peak: sum(
      rung.bandwidth,
      dearest(audio, (a) => a.bandwidth),
      dearest(texts, (t) => t.peak),
    ),
    average: sum(
      rung.averageBandwidth,
      dearest(audio, (a) => a.averageBandwidth),
      dearest(texts, (t) => t.average),
    ),
  };
}

const characteristics = (role: Track['role']): string =>
  purpose(role) === '' ? '' : `,CHARACTERISTICS="${purpose(role)}"`;

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
/** No double quote inside a quoted string [4.2], no control characters anywhere, NFC [4.1]. */
const quoted = (words: string) =>
  `"${words
    .normalize('NFC')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll('"', "'")}"`;
