import type { SeasonImport } from '../../../schema/api/editing.ts';
import { State, type Tone } from '../parts.tsx';
import { LongTable, type Column } from '../table/long-table.tsx';
import { useSay } from './words.ts';

type Row = SeasonImport['rows'][number];
type Listed = Row & { id: string };

const tones: Record<Row['fate'], Tone> = { new: 'good', change: 'warning', same: 'quiet', refused: 'danger' };

/** What an import would do, row by row as the spreadsheet counts them. */
export function ImportRows({ rows }: { rows: readonly Row[] }) {
  const say = useSay();
  const place = ({ season, number }: Row) =>
    season === null || number === null ? '–' : say('episode.place', { season, number });
  const columns: Column<Listed>[] = [
    { key: 'row', name: say('import.row'), width: '4rem', number: true, cell: ({ row }) => row },
    { key: 'place', name: say('import.episode'), width: '6rem', names: true, cell: place },
    {
      key: 'fate',
      name: say('import.fate'),
      width: '8rem',
      cell: ({ fate }) => <State tone={tones[fate]}>{say(`fate.${fate}`)}</State>,
    },
    {
      key: 'changes',
      name: say('import.changes'),
      width: 'minmax(12rem, 1fr)',
      cell: ({ changes, problems }) => (
        <ul class="fate">
          {problems.map((problem) => (
            <li key={problem} class="bad">
              {problem}
            </li>
          ))}
          {changes.map(({ field, before, after }) => (
            <li key={field}>
              <code>{field}</code>{' '}
              {before !== null && (
                <>
                  <del>{before}</del> →{' '}
                </>
              )}
              <ins>{after ?? '–'}</ins>
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <LongTable
      label={say('import.title')}
      rows={rows.map((row) => ({ ...row, id: String(row.row) }))}
      columns={columns}
      nameOf={place}
    />
  );
}
