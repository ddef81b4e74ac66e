import type { Play } from '../../schema/api/playback.ts';
import type { Package } from '../../schema/package.ts';
import type { Chosen } from './choose.ts';
import type { Selection } from './select.ts';

type Described = Pick<
  Play,
  'duration' | 'maxHeight' | 'audio' | 'subtitles' | 'chosen' | 'storyboard' | 'chapters'
>;

/**
 * What the answer to a play tells of a package, as far as its grant goes.
 * @param address of a file that the play may fetch, by its `uri`
 * @param chosen what to begin with of what the grant covers
 */
export const described = (
  pkg: Package,
  { video, audio, subtitles }: Selection,
  address: (uri: string) => string,
  chosen: Chosen,
): Described => ({
  duration: pkg.duration,
  maxHeight: Math.max(...video.map((rung) => rung.height)),
  audio: audio.map((track) => ({ ...tracked(track), role: track.role, channels: track.channels })),
  subtitles: subtitles.map(({ typeset, ...track }) => ({
    ...tracked(track),
    role: track.role,
    typeset: typeset && {
      url: address(typeset.uri),
      fonts: typeset.fonts.map(({ uri, family }) => ({ url: address(uri), family })),
    },
  })),
  chosen,
  storyboard: storyboardOf(pkg, address),
  chapters: pkg.chapters,
});

const storyboardOf = ({ pictures }: Package, address: (uri: string) => string): Play['storyboard'] => {
  if (!pictures?.storyboard) return null;
  const { uri, width, height } = pictures.storyboard;
  return { url: address(uri), width, height };
};

const tracked = (track: Pick<Selection['audio'][number], 'id' | 'language' | 'name' | 'default'>) => ({
  id: track.id,
  language: track.language,
  name: track.name,
  default: track.default,
});
