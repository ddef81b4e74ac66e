import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepFresh } from './fresh.ts';

let hidden = false;
const show = (visible: boolean) => {
  hidden = !visible;
  document.dispatchEvent(new Event('visibilitychange'));
};
beforeEach(() => {
  hidden = false;
  vi.useFakeTimers();
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const watch = (answers: (string | null)[]) => {
  const load = vi.fn<() => Promise<string | null>>(async () =>
    answers.length > 1 ? answers.shift()! : answers[0]!,
  );
  const onAnswer = vi.fn<(answer: string | null) => void>();
  const watching = keepFresh<string | null>({
    load,
    onAnswer,
    isAnswer: (answer) => answer !== null,
    isLive: (answer) => answer === 'encoding',
    every: () => 2_000,
  });
  return { load, onAnswer, ...watching };
};

it('asks every two seconds while it runs, and never again once it is done', async () => {
  const { load, onAnswer, stop } = watch(['encoding', 'encoding', 'ready']);
  await vi.advanceTimersByTimeAsync(1_999);
  expect(load).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2_001);
  expect(load).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(60_000);
  show(false);
  show(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(3);
  expect(onAnswer).toHaveBeenLastCalledWith('ready');
  stop();
});

it('asks nothing in a hidden tab, and at once when it is seen again', async () => {
  const { load, stop } = watch(['encoding']);
  await vi.advanceTimersByTimeAsync(100);
  show(false);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(load).toHaveBeenCalledTimes(1);
  show(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(load).toHaveBeenCalledTimes(2);
  stop();
});

it('does not start the clock in a tab that was hidden while the answer was on its way', async () => {
  let answer: (value: string) => void = () => {};
  const load = vi.fn<() => Promise<string>>(() => new Promise((resolve) => (answer = resolve)));
  const { stop } = keepFresh({ load, onAnswer: () => {}, isAnswer: () => true, isLive: () => true });
  show(false);
  answer('encoding');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(1);
  stop();
});

it('waits longer and longer while nothing answers, and goes on when something does', async () => {
  const { load, stop } = watch(['encoding', null, null, 'encoding']);
  await vi.advanceTimersByTimeAsync(2_000); // null
  await vi.advanceTimersByTimeAsync(3_999);
  expect(load).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1); // null again
  await vi.advanceTimersByTimeAsync(8_000); // an answer
  expect(load).toHaveBeenCalledTimes(4);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(load).toHaveBeenCalledTimes(5);
  stop();
});

it('stops when asked to, also with a question under way', async () => {
  const { load, onAnswer, stop } = watch(['encoding']);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(1);
  expect(onAnswer).not.toHaveBeenCalled();
});

it('a refresh starts the clock again', async () => {
  const { load, refresh, stop } = watch(['ready', 'encoding', 'ready']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(load).toHaveBeenCalledTimes(1);
  await refresh();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(load).toHaveBeenCalledTimes(3);
  stop();
});

it('an answer from before a refresh is not shown', async () => {
  const under: ((value: string) => void)[] = [];
  const onAnswer = vi.fn<(answer: string | null) => void>();
  const { refresh, stop } = keepFresh({
    load: () => new Promise<string>((resolve) => under.push(resolve)),
    onAnswer,
    isAnswer: () => true,
    isLive: () => false,
  });
  void refresh();
  under[0]!('encoding');
  await vi.advanceTimersByTimeAsync(0);
  under[1]!('cancelled');
  await vi.advanceTimersByTimeAsync(0);
  expect(onAnswer.mock.calls).toEqual([['cancelled']]);
  stop();
});

it('news that come faster than answers hide none of them', async () => {
  let answer: (value: string) => void = () => {};
  const load = vi.fn<() => Promise<string>>(() => new Promise((resolve) => (answer = resolve)));
  const onAnswer = vi.fn<(answer: string) => void>();
  const { stop, hint } = keepFresh({ load, onAnswer, isAnswer: () => true, isLive: () => false });
  for (const progress of ['10%', '20%', '30%']) {
    hint();
    hint();
    answer(progress);
    await vi.advanceTimersByTimeAsync(0);
    expect(onAnswer).toHaveBeenLastCalledWith(progress);
  }
  expect(load).toHaveBeenCalledTimes(4);
  stop();
});

it('news in a hidden tab wait until it is seen', async () => {
  const { load, stop, hint } = watch(['ready']);
  await vi.advanceTimersByTimeAsync(0);
  show(false);
  hint();
  hint();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(load).toHaveBeenCalledTimes(1);
  show(true);
  await vi.advanceTimersByTimeAsync(0);
  expect(load).toHaveBeenCalledTimes(2);
  stop();
});
