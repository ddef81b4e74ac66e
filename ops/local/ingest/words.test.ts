import { expect, test } from 'vitest';
import type { TaskView } from '../../../schema/api/ingest.ts';
import { bar, taskLines, uploadLine } from './words.ts';

const task = (fields: Partial<TaskView>): TaskView => ({
  id: 'tsk_0000',
  kind: 'probe',
  part: '',
  state: 'leased',
  attempt: 1,
  progress: 0,
  note: null,
  disk: null,
  problem: null,
  detail: null,
  log: null,
  startedAt: null,
  finishedAt: null,
  retryAt: null,
  ...fields,
});

test.each([
  [0, '░░░░'],
  [0.5, '██░░'],
  [1, '████'],
  [1.2, '████'],
  [-1, '░░░░'],
])('a bar of %d', (part, wanted) => expect(bar(part, 4)).toBe(wanted));

test('an upload says how much, of how much, and how fast', () => {
  expect(uploadLine(12_300_000, 24_600_000, 4_100_000)).toContain('50 %  12.3 MB of 24.6 MB  4.1 MB/s');
  expect(uploadLine(0, 1000, 0)).not.toContain('/s');
});

test('tasks say what they do, and which attempt it is', () => {
  const lines = taskLines({
    tasks: [
      task({ state: 'done', progress: 0.9 }),
      task({ kind: 'video-chunk', part: '3', progress: 0.256, note: 'encoding 2 s of 8 s', attempt: 2 }),
      task({ kind: 'audio', part: 'a0-ja', state: 'failed', detail: 'no such stream' }),
      task({ kind: 'package', state: 'waiting' }),
    ],
  });
  expect(lines[0]).toMatch(/^ {2}probe .* 100 % {2}done$/);
  expect(lines[1]).toMatch(/^ {2}video chunk 3 .* 25 % {2}encoding 2 s of 8 s \(attempt 2\)$/);
  expect(lines[2]).toMatch(/audio a0-ja .* failed: no such stream$/);
  expect(lines[3]).toMatch(/package, verify .* 0 % {2}waits$/);
});
