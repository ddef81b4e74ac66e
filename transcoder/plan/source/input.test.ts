import { expect, it } from 'vitest';
import { sourceWentAway } from './input.ts';

const http = '[http @ 0x5603838a2340]';
const refused = '[tcp @ 0x5603838d0580] [error] Connection to tcp://127.0.0.1:9 failed: Connection refused';

it('takes a read for whole that broke off and was taken up again', () => {
  for (const mended of [
    [`${http} [warning] Will reconnect at 13255052 in 0 second(s), error=Connection reset by peer.`],
    [
      `${http} [error] Stream ends prematurely at 13255052, should be 39765157`,
      `${http} [warning] Will reconnect at 13255052 in 0 second(s), error=Input/output error.`,
    ],
    [
      `${http} [warning] Will reconnect at 13255052 in 0 second(s), error=Connection reset by peer.`,
      refused,
      `${http} [warning] Will reconnect at 13255052 in 1 second(s).`,
    ],
  ])
    expect(sourceWentAway(['[info] before', ...mended, '[info] after'].join('\n'))).toBe(false);
});

it('tells a read that broke off for good', () => {
  for (const lost of [
    [
      refused,
      `${http} [warning] Will reconnect at 13255052 in 3 second(s).`,
      refused,
      `${http} [error] Stream ends prematurely at 13255052, should be 39765157`,
      '[matroska,webm @ 0x5603838a1a40] [error] Read error',
    ],
    ['[error] http://127.0.0.1:9/x.mkv: Input/output error'],
    ['[error] https://store/x.mkv: Server returned 5XX Server Error reply'],
    // Throttled, or a signature that it does not take: nothing is wrong with the file.
    ['[error] https://store/x.mkv: Server returned 4XX Client Error, but not one of 40{0,1,3,4}'],
    ['[error] https://store/x.mkv: Server returned 403 Forbidden (access denied)'],
    [refused],
  ])
    expect(sourceWentAway(['[info] before', ...lost].join('\n'))).toBe(true);
});
