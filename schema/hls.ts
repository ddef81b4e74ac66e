import type { AudioRendition, Package, Segment, SubtitleRendition, VideoRendition } from './package.ts';

/**
 * Playlists from a package, pure: the edge writes them per grant, the transcoder writes static ones beside the media.
 * Tags and attributes as in RFC 8216bis (draft-pantos-hls-rfc8216bis), sections in brackets.
 */
type Media = VideoRendition | AudioRendition;
const quoted = (text: string) => `"${text.replaceAll('"', "'").replaceAll(/[\r\n]+/g, ' ')}"`;

export type MediaAddresses = {
  /** Address of a segment or init file, from its `uri` in the package. */
  file: (uri: string) => string;
  /** Address of a key period's key. */
  key: (period: number) => string;
};

/** A VOD media playlist. The init segment stands before the first key and is clear; the IV is the media sequence number [4.4.4.4]. */
export function mediaPlaylist(rendition: Media | SubtitleRendition, at: MediaAddresses): string {
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
    lines.push(`#EXTINF:${segment.duration.toFixed(6)},`, at.file(segment.uri));
  }
  lines.push('#EXT-X-ENDLIST', '');
  return lines.join('\n');
}

/** EXTINF rounded to the nearest integer must not exceed it [4.4.3.1]. */
export const targetDuration = (segments: readonly Segment[]): number =>
  Math.max(1, ...segments.map((s) => Math.round(s.duration)));

export type Selection = Pick<Package, 'video' | 'audio' | 'subtitles'>;

/**
 * The multivariant playlist [4.4.6]: audio and subtitle groups, one variant per rung, the lowest first
 * (the first one listed is what many players start with). BANDWIDTH counts the dearest audio of the group.
 */
export function masterPlaylist(
  { video, audio, subtitles }: Selection,
  address: (renditionId: string) => string,
): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS'];
  const names = new Set<string>();
  const unique = (name: string, id: string) => {
    const chosen = names.has(name) ? `${name} (${id})` : name; // NAME is unique within a group [4.4.6.1.1]
    names.add(chosen);
    return chosen;
  };
  for (const track of audio) {
    const characteristics =
      track.role === 'description' ? ',CHARACTERISTICS="public.accessibility.describes-video"' : '';
    lines.push(
      `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME=${quoted(unique(track.name, track.id))},LANGUAGE=${quoted(track.language)},` +
        `DEFAULT=${yes(track.default)},AUTOSELECT=YES,CHANNELS="${track.channels}"${characteristics},URI=${quoted(address(track.id))}`,
    );
  }
  names.clear();
  for (const track of subtitles) {
    const characteristics =
      track.role === 'sdh'
        ? ',CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound"'
        : '';
    lines.push(
      `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subtitles",NAME=${quoted(unique(track.name, track.id))},LANGUAGE=${quoted(track.language)},` +
        `DEFAULT=${yes(track.default)},AUTOSELECT=YES,FORCED=${yes(track.role === 'forced')}${characteristics},URI=${quoted(address(track.id))}`,
    );
  }
  const dearest = (key: 'bandwidth' | 'averageBandwidth') => Math.max(0, ...audio.map((track) => track[key]));
  const codecs = [...new Set(audio.map((track) => track.codec))];
  for (const rung of video) {
    const [num, den] = rung.frameRate;
    lines.push(
      `#EXT-X-STREAM-INF:BANDWIDTH=${rung.bandwidth + dearest('bandwidth')},AVERAGE-BANDWIDTH=${rung.averageBandwidth + dearest('averageBandwidth')},` +
        `CODECS=${quoted([rung.codec, ...codecs].join(','))},RESOLUTION=${rung.width}x${rung.height},FRAME-RATE=${(num / den).toFixed(3)}` +
        `${audio.length > 0 ? ',AUDIO="audio"' : ''}${subtitles.length > 0 ? ',SUBTITLES="subtitles"' : ''}`,
      address(rung.id),
    );
  }
  lines.push('');
  return lines.join('\n');
}

const yes = (flag: boolean) => (flag ? 'YES' : 'NO');
