const MINUTE = 60_000;
const units = [
  ['day', 1440],
  ['hour', 60],
  ['minute', 1],
] as const;

const FAR_DAYS = 7;

/**
 * `2 days 4 hours`: the two largest units, in the reader's language; days alone where it is more than a week; null once nothing is
 * left. Whole minutes, rounded up.
 */
export function timeLeft(language: string, ms: number): string | null {
  if (ms <= 0) return null;
  let rest = Math.ceil(ms / MINUTE);
  const parts: string[] = [];
  for (const [unit, minutes] of units) {
    const count = Math.floor(rest / minutes);
    rest -= count * minutes;
    if (count > 0) parts.push(count.toLocaleString(language, { style: 'unit', unit, unitDisplay: 'long' }));
    else if (parts.length > 0) break;
  }
  return parts.slice(0, ms >= FAR_DAYS * 1440 * MINUTE ? 1 : 2).join(' ');
}
