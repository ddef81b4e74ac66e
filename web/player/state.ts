/** What the player is doing, in one word. The media element is the truth; nothing is kept beside it. */
export type PlayerState = 'idle' | 'loading' | 'playing' | 'paused' | 'ended' | 'error';

type Media = Pick<HTMLMediaElement, 'paused' | 'ended' | 'readyState' | 'seeking'>;

export const playerState = {
  get: (media: Media, trouble: boolean): PlayerState => {
    if (trouble) return 'error';
    if (media.ended) return 'ended';
    // HAVE_FUTURE_DATA: enough to go on from here.
    if (media.seeking || media.readyState < 3) return 'loading';
    return media.paused ? 'paused' : 'playing';
  },
  events: [
    'loadstart',
    'canplay',
    'play',
    'playing',
    'pause',
    'waiting',
    'seeking',
    'seeked',
    'ended',
    'emptied',
  ],
} as const;
