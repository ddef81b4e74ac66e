import { businessModels } from '../../schema/plans.ts';
import { csvHead, csvLines, type CsvColumns } from '../http/csv.ts';
import Papa from 'papaparse';
import type { StatementLine } from '../../schema/api/books.ts';
import * as v from 'valibot';
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

const whole = v.pipe(v.string(), v.transform(Number), v.integer());
const Fields = v.pipe(
  v.object({
    title_id: v.string(),
    title: v.string(),
    territory: v.string(),
    language: v.string(),
    plan: v.string(),
    model: v.picklist(businessModels),
    given: v.string(),
    plays: whole,
    minutes: whole,
    sold: whole,
    currency: v.string(),
    revenue_smallest_units: whole,
    share_basis_points: whole,
    owed_smallest_units: whole,
  }),
  v.transform((f): StatementLine => ({
    titleId: f.title_id,
    titleName: f.title,
    country: f.territory,
    audio: f.language,
    planId: f.plan,
    model: f.model,
    given: f.given,
    plays: f.plays,
    minutes: f.minutes,
    sold: f.sold,
    currency: f.currency.toLowerCase(),
    revenue: f.revenue_smallest_units,
    basisPoints: f.share_basis_points,
    owed: f.owed_smallest_units,
  })),
);

/** The first lines of a statement as it was told, from its own file: what is shown is what was signed. */
export function linesIn(csv: string, many: number): { lines: StatementLine[]; more: boolean } {
  const { data } = Papa.parse<Record<string, string>>(csv.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
    preview: many + 1,
  });
  return { lines: data.slice(0, many).map((row) => v.parse(Fields, row)), more: data.length > many };
}
