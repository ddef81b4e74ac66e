import { expect, it } from 'vitest';
import { waitingFor, waitOf } from './waits.ts';

const task = { state: 'queued', failures: 0, dueAt: 0, note: null } as const;
const of = (...tasks: Parameters<typeof waitOf>[0]['tasks'][number][]) =>
  waitOf({ state: 'encoding', tasks }, 100);

it('nobody waits while somebody works, nor once it is over', () => {
  expect(of({ ...task, state: 'leased' }, { ...task, note: waitingFor.busy })).toBeNull();
  expect(waitOf({ state: 'failed', tasks: [task] }, 100)).toBeNull();
});

it('names what somebody can do something about first', () => {
  expect(of(task, { ...task, note: waitingFor.busy })).toEqual({ for: 'transcoder', until: null });
  expect(of({ ...task, note: waitingFor.busy }, { ...task, note: waitingFor.unreachable })).toEqual({
    for: 'contact',
    until: null,
  });
});

it('a task that is not due yet says when, the soonest of them', () => {
  const later = { ...task, state: 'waiting', failures: 1, dueAt: 500 } as const;
  expect(of(later, { ...later, dueAt: 300 })).toEqual({ for: 'retry', until: 300 });
  expect(of({ ...later, failures: 0 })).toEqual({ for: 'another', until: 500 });
  expect(of({ ...later, dueAt: 50 })).toEqual({ for: 'turn', until: null });
  expect(of()).toEqual({ for: 'turn', until: null });
});
