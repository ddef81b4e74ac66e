import { expect, test } from 'vitest';
import { changingLines } from './ingest/lines.ts';
import { makeReporter } from './problems.ts';
import { clip, makeScreen } from './screen.ts';
import { Sentence } from './sentence.ts';

function paper(isTTY: boolean) {
  let text = '';
  return { isTTY, columns: 40, write: (more: string) => ((text += more), true), text: () => text };
}

test('a part is one line with its note and time; where there is no terminal, progress comes seldom', async () => {
  const out = paper(false);
  let now = 0;
  const screen = makeScreen(out, () => now);
  const value = await screen.part('Store', async (progress) => {
    progress('soon');
    now += 11_000;
    progress('later');
    now += 100;
    progress('too soon again');
    return { note: 'on port 1', value: 7 };
  });
  expect(value).toBe(7);
  const [progress, done, end] = out.text().split('\n');
  expect(progress).toBe('  … Store        later');
  expect(done).toMatch(/^ {2}✓ Store {8}on port 1 +11\.1 s$/);
  expect(end).toBe('');
});

test('a part that fails says so, and why is told by whoever asked', async () => {
  const out = paper(false);
  const screen = makeScreen(out, () => 0);
  const failing = screen.part('Disk', () => Promise.reject(new Sentence('it is full')));
  await expect(failing).rejects.toThrow('it is full');
  expect(out.text()).toBe('  ✗ Disk         stopped\n');
});

test('the same problem is told once a minute', () => {
  const said: string[] = [];
  let now = 0;
  const report = makeReporter(
    (text) => said.push(text),
    () => now,
  );
  report('a');
  report('b');
  now = 59_999;
  report('a');
  now = 60_000;
  report('a');
  expect(said).toEqual(['a', 'b', 'a']);
});

test('lines are redrawn in place on a terminal, cut at its edge', () => {
  const out = paper(true);
  const lines = changingLines(out);
  lines.show(['one', 'two']);
  lines.show(['x'.repeat(50)]);
  expect(out.text()).toBe(`\u001B[2Kone\n\u001B[2Ktwo\n\u001B[2A\u001B[2K${clip('x'.repeat(50), 39)}\n`);
});

test('elsewhere a line is written when its words change, not its numbers', () => {
  const out = paper(false);
  const lines = changingLines(out);
  lines.show(['  probe              ░░░░   0 %  reading 1 s']);
  lines.show(['  probe              ██░░  50 %  reading 2 s']);
  lines.show(['  probe              ████ 100 %  done']);
  expect(out.text().trimEnd().split('\n')).toHaveLength(2);
});
