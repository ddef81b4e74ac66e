import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { jobNews, type Socket } from './job-news.ts';

class Line extends EventTarget implements Socket {
  sent: string[] = [];
  send = (text: string) => void this.sent.push(text);
  close = () => this.dispatchEvent(new Event('close'));
  says = (data: unknown) => this.dispatchEvent(new MessageEvent('message', { data }));
  opens = () => this.dispatchEvent(new Event('open'));
}
let lines: Line[] = [];
const news = () =>
  jobNews(() => {
    const line = new Line();
    lines.push(line);
    return line;
  });
beforeEach(() => {
  lines = [];
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

it('one socket for all who listen, closed when the last one leaves', () => {
  const feed = news();
  const heard: (string | null)[] = [];
  const one = feed.subscribe((id) => heard.push(id));
  const two = feed.subscribe(() => {});
  expect(lines).toHaveLength(1);
  lines[0]!.opens();
  lines[0]!.says('{"jobId":"job_1234"}');
  lines[0]!.says('pong');
  lines[0]!.says('{"jobId":7}');
  expect(heard).toEqual([null, 'job_1234']);
  expect(feed.connected()).toBe(true);
  one();
  two();
  expect(feed.connected()).toBe(false);
  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(1);
});

it('a line that breaks is opened again, later and later; whoever listens is told to look at everything', () => {
  const feed = news();
  const heard: (string | null)[] = [];
  feed.subscribe((id) => heard.push(id));
  lines[0]!.close();
  vi.advanceTimersByTime(1_000);
  expect(lines).toHaveLength(2);
  lines[1]!.close();
  vi.advanceTimersByTime(1_999);
  expect(lines).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(lines).toHaveLength(3);
  lines[2]!.opens();
  expect(heard).toEqual([null]);
});

it('a line that no longer answers pings is given up', () => {
  const feed = news();
  feed.subscribe(() => {});
  lines[0]!.opens();
  vi.advanceTimersByTime(25_000);
  expect(lines[0]!.sent).toEqual(['ping']);
  vi.advanceTimersByTime(25_000);
  expect(feed.connected()).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(lines).toHaveLength(2);
});

it('says when the line is there and when it is lost, once each', () => {
  const feed = news();
  const heard: boolean[] = [];
  const off = feed.line((connected) => heard.push(connected));
  feed.subscribe(() => {});
  lines[0]!.opens();
  lines[0]!.close();
  vi.advanceTimersByTime(1_000);
  lines[1]!.opens();
  off();
  lines[1]!.close();
  expect(heard).toEqual([true, false, true]);
});
