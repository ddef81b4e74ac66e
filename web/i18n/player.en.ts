/** What the player says; downloaded with it. */
export const playerEn = {
  label: 'Video player: {name}',
  retry: 'Try again',
  signIn: 'Sign in',
  back: 'Back to the title',
  network: 'The connection was lost',
  networkText:
    'The video could not be loaded. Check the connection, then try again: it goes on where it stopped.',
  media: 'This video cannot be played',
  mediaText: 'The browser could not decode the video. Trying again sometimes helps.',
  expired: 'This play has ended',
  expiredText: 'A play lasts a limited time. Start again to go on where you stopped.',
  unsupported: 'This browser cannot play the video',
  unsupportedText: 'It has neither Media Source Extensions nor HLS of its own. A current browser plays it.',
  'role.dub': 'dub',
  'role.commentary': 'commentary',
  'role.description': 'audio description',
  'role.signs': 'signs and songs',
  'role.sdh': 'for the deaf and hard of hearing',
  'role.forced': 'foreign dialogue only',
  unknownLanguage: 'Language unknown',
} as const satisfies Record<string, string>;
