import { writtenMoney } from '../../../schema/written-money.ts';
import { useDesk } from '../desk.ts';

/** Numbers, months and amounts as the language writes them. Months and days are UTC, as the books are. */
export function useWritten() {
  const { language } = useDesk().visit;
  const written = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options });
    return (at: number) => format.format(at);
  };
  const month = written({ year: 'numeric', month: 'long' });
  const short = written({ year: '2-digit', month: 'short' });
  const compact = new Intl.NumberFormat(language, { notation: 'compact' });
  const money = (amount: number, currency: string) => writtenMoney(language, { amount, currency });
  return {
    money,
    /** Several currencies side by side; a dash for nothing. */
    sums: (sums: Readonly<Record<string, number>>) =>
      Object.entries(sums)
        .map(([currency, amount]) => money(amount, currency))
        .join(' · ') || '–',
    count: (value: number) => value.toLocaleString(language),
    compact: (value: number) => compact.format(value),
    percent: (share: number) =>
      share.toLocaleString(language, { style: 'percent', maximumFractionDigits: 2 }),
    day: written({ dateStyle: 'medium' }),
    /** `2026-10` in words. */
    month: (name: string) => month(startOf(name)),
    shortMonth: (name: string) => short(startOf(name)),
  };
}

export const startOf = (month: string): number => Date.parse(`${month}-01T00:00:00Z`);
export const monthName = (at: number): string => new Date(at).toISOString().slice(0, 7);
/** The months up to one, that one first. */
export function monthsBack(now: number, many: number): string[] {
  const date = new Date(now);
  return Array.from({ length: many }, (_, i) =>
    monthName(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - i)),
  );
}
