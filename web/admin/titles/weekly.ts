import { fromZone } from '../../zoned-time.ts';

/**
 * Air times at the same hour of a zone's clock, every so many days: a weekly broadcast stays at half past ten also when the clocks
 * change, which a fixed count of milliseconds would not.
 * @param from as a `datetime-local` field says it
 * @returns ms UTC; empty for an empty field
 */
export function airTimes(
  from: string,
  zone: string,
  { count, days }: { count: number; days: number },
): number[] {
  const [date = '', time = ''] = from.split('T');
  const first = Date.parse(`${date}T00:00Z`);
  if (Number.isNaN(first)) return [];
  return Array.from({ length: count }, (_, i) => {
    const day = new Date(first + i * days * 86_400_000).toISOString().slice(0, 10);
    return fromZone(`${day}T${time}`, zone)!;
  });
}

/** Numbers that a season does not have yet, from one on. */
export function freeNumbers(taken: ReadonlySet<number>, from: number, count: number): number[] {
  const free: number[] = [];
  for (let number = from; free.length < count; number++) if (!taken.has(number)) free.push(number);
  return free;
}
