import { expect, it } from 'vitest';
import { fromZone, toZone } from './zoned-time.ts';

const utc = (text: string) => Date.parse(`${text}Z`);

it.each([
  ['Asia/Tokyo', '2026-04-01T00:00', '2026-03-31T15:00'],
  ['UTC', '2026-04-01T00:00', '2026-04-01T00:00'],
  ['America/New_York', '2026-01-15T12:00', '2026-01-15T17:00'],
  ['America/New_York', '2026-07-15T12:00', '2026-07-15T16:00'],
  ['Asia/Kathmandu', '2026-07-15T12:00', '2026-07-15T06:15'],
  ['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00'],
  ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30'], // shown twice: the first
  ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00'], // the first minute after the change
  ['Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59'],
])('%s shows %s at %s UTC', (zone, wall, at) => {
  expect(fromZone(wall, zone)).toBe(utc(at));
  expect(toZone(utc(at), zone)).toBe(wall);
});

it('takes a time that the clock skips as long after the change as it would have been', () => {
  expect(fromZone('2026-03-29T02:30', 'Europe/Berlin')).toBe(utc('2026-03-29T01:30'));
});

it('takes an empty field as no time', () => {
  expect(fromZone('', 'Asia/Tokyo')).toBeNull();
  expect(fromZone('soon', 'Asia/Tokyo')).toBeNull();
  expect(toZone(null, 'Asia/Tokyo')).toBe('');
});
