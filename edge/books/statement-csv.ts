import { csvHead, csvLines, type CsvColumns } from '../http/csv.ts';
import type { Line } from './lines.ts';

export type NamedLine = Line & { titleName: string };

const columns: CsvColumns<NamedLine> = {
  title_id: ({ titleId }) => titleId,
  title: ({ titleName }) => titleName,
  territory: ({ country }) => country,
  language: ({ audio }) => audio,
  plan: ({ planId }) => planId,
  model: ({ model }) => model,
  given: ({ given }) => given,
  plays: ({ plays }) => plays,
  minutes: ({ minutes }) => minutes,
  sold: ({ sold }) => sold,
  currency: ({ currency }) => currency.toUpperCase(),
  revenue_smallest_units: ({ revenue }) => revenue,
  share_basis_points: ({ basisPoints }) => basisPoints,
  owed_smallest_units: ({ owed }) => owed,
};

/** The lines of a statement: the same lines are the same bytes. */
export const statementCsv = (lines: readonly NamedLine[]): string =>
  csvHead(columns) + csvLines(columns, lines);
