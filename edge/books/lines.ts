import type { Id } from '../../schema/ids.ts';
import type { BusinessModel, GivenBy } from '../../schema/plans.ts';
import { portions, shared } from './apportion.ts';

/** A sum of a month, of one licensor's: usage without a currency, or money in one (schema/db/books.ts). */
export type SumRow = {
  titleId: Id<'title'> | '';
  country: string;
  audio: string;
  planId: string;
  model: BusinessModel;
  given: GivenBy | '';
  currency: string;
  plays: number;
  seconds: number;
  sold: number;
  revenue: number;
};
/** A line of a statement: minutes, `basisPoints` of the revenue, and what is owed of it. */
export type Line = SumRow & { minutes: number; basisPoints: number; owed: number };

export type Statement = {
  lines: Line[];
  plays: number;
  minutes: number;
  /** By currency. */
  money: Record<string, { revenue: number; owed: number }>;
};

/**
 * A licensor's statement, from the sums of a month. Each combination of title, country, language, plan and model has a line for every
 * currency that it earned in; its plays and minutes stand in the first of them, so that columns can be added up. Minutes are whole ones,
 * and those of all lines are the whole's.
 * @param rows the usage and the money, each once, in any order
 * @param shareOf ten-thousandths of the revenue under a model
 */
export function statementOf(rows: readonly SumRow[], shareOf: (model: BusinessModel) => number): Statement {
  const lines = [...Map.groupBy(rows.toSorted(inOrder), keyOf).values()].flatMap(merged);
  const seconds = lines.reduce((sum, line) => sum + line.seconds, 0);
  const minutes =
    seconds > 0
      ? shared(
          Math.floor(seconds / 60),
          lines.map((line) => line.seconds),
        )
      : [];
  const counted = lines.map((line, i) => ({
    ...line,
    minutes: minutes[i] ?? 0,
    basisPoints: shareOf(line.model),
    owed: 0,
  }));
  const money: Statement['money'] = {};
  for (const list of Map.groupBy(counted, ({ model, currency }) => `${model} ${currency}`).values()) {
    const { model, currency } = list[0]!;
    if (currency === '') continue;
    const { total, parts } = portions(
      list.map(({ revenue }) => revenue),
      shareOf(model),
    );
    for (const [i, line] of list.entries()) line.owed = parts[i]!;
    const sum = (money[currency] ??= { revenue: 0, owed: 0 });
    sum.revenue += list.reduce((all, { revenue }) => all + revenue, 0);
    sum.owed += total;
  }
  return {
    lines: counted,
    plays: counted.reduce((sum, { plays }) => sum + plays, 0),
    minutes: Math.floor(seconds / 60),
    money,
  };
}

const keyOf = ({ titleId, country, audio, planId, model, given }: SumRow): string =>
  JSON.stringify([titleId, country, audio, planId, model, given]);
/** By code unit, so that it is the same wherever it is reckoned. */
const inOrder = (a: SumRow, b: SumRow): number => {
  const [left, right] = [a, b].map((row) => [keyOf(row), row.currency].join('\n')) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The rows of one combination, as lines: one for each currency, or one without. */
function merged(rows: SumRow[]): SumRow[] {
  const add = (of: 'plays' | 'seconds') => rows.reduce((sum, row) => sum + row[of], 0);
  const usage = { plays: add('plays'), seconds: add('seconds') };
  const byCurrency = Map.groupBy(
    rows.filter(({ currency }) => currency !== ''),
    ({ currency }) => currency,
  );
  const first = { ...rows[0]!, ...usage };
  if (byCurrency.size === 0) return [first];
  return [...byCurrency.values()].map((list, i) => ({
    ...list[0]!,
    ...(i === 0 ? usage : { plays: 0, seconds: 0 }),
    sold: list.reduce((sum, { sold }) => sum + sold, 0),
    revenue: list.reduce((sum, { revenue }) => sum + revenue, 0),
  }));
}
