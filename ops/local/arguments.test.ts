import { expect, test } from 'vitest';
import { startOptions } from './arguments.ts';

const parse = (...args: string[]) => startOptions(args, '/house');

test('nothing said: the usual port, the usual folder, the demo world', () => {
  expect(parse()).toEqual({
    port: 8787,
    data: '/house/.engawa',
    reset: false,
    demo: true,
    delivery: 'cloudfront',
    cookies: false,
    transcoders: 1,
    help: false,
  });
});

test('everything said', () => {
  const all = ['--port', '9000', '--data=/elsewhere', '--reset', '--no-demo', '--transcoders', '3'];
  expect(parse(...all, '--delivery', 'edge')).toEqual({
    port: 9000,
    data: '/elsewhere',
    reset: true,
    demo: false,
    delivery: 'edge',
    cookies: false,
    transcoders: 3,
    help: false,
  });
});

test.each([
  [['--prot', '9000'], 'There is no option --prot; --help lists them.'],
  [['-x'], 'There is no option -x; --help lists them.'],
  [['9000'], '“9000” is not expected here; --help says what is.'],
  [['--port'], '--port needs a value; see --help.'],
  [['--port', '--reset'], '--port needs a value; see --help.'],
  [['--reset=yes'], '--reset takes no value; see --help.'],
  [['--port', '80'], '--port takes a number from 1024 to 65531, not “80”.'],
  [['--port', '65532'], '--port takes a number from 1024 to 65531, not “65532”.'],
  [['--port', '65531', '--transcoders=2'], '--port takes a number from 1024 to 65530, not “65531”.'],
  [['--transcoders', '0'], '--transcoders takes a number from 1 to 16, not “0”.'],
  [['--transcoders', 'all'], '--transcoders takes a number from 1 to 16, not “all”.'],
  [['--delivery', 'pigeon'], '--delivery takes cloudfront or edge, not “pigeon”.'],
  [
    ['--delivery=edge', '--cookies'],
    '--cookies are for a CDN: leave them out, or take --delivery cloudfront.',
  ],
  [['--port', 'web'], '--port takes a number from 1024 to 65531, not “web”.'],
])('%j is answered in one sentence', (args, sentence) => {
  expect(() => parse(...args)).toThrow(new RegExp(`^${sentence.replaceAll('.', '\\.')}$`));
});
