import { expect, test } from 'vitest';
import { ingestOptions } from './options.ts';

test('a file and a title are enough', () => {
  expect(ingestOptions(['my film.mkv', '--title', ' My film '])).toEqual({
    file: 'my film.mkv',
    title: 'My film',
    season: 1,
    episode: 1,
    origin: undefined,
    json: false,
    publish: true,
  });
});

test.each([
  [[], 'Which file?'],
  [['a.mkv'], 'Which title'],
  [['a.mkv', '--title', ' '], 'Which title'],
  [['my', 'film.mkv', '--title', 'x'], '“film.mkv” is one too many'],
  [['a.mkv', '--title', 'x', '--season', '-1'], '--season'],
  [['a.mkv', '--title', 'x', '--episode', '0'], '--episode takes a whole number from 1 on, not “0”'],
  [['a.mkv', '--title', 'x', '--episode', '1.5'], 'not “1.5”'],
  [['a.mkv', '--titel', 'x'], 'There is no option --titel'],
])('%j is answered in one sentence', (args, words) => {
  expect(() => ingestOptions(args)).toThrow(words);
});

test('season 0 is where specials stand', () => {
  expect(ingestOptions(['a.mkv', '--title', 'x', '--season', '0'])).toMatchObject({ season: 0 });
});
