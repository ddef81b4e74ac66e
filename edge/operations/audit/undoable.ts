import type { undoReasons } from '../../../schema/api/audit.ts';
import type { AuditEntry } from '../../../schema/audit-chain.ts';
import { rowIn } from './columns.ts';

type Reason = (typeof undoReasons)[number];

/** Tables of the catalogue whose rows can be put back, parents before children: in this order rows are made, the other way round erased. */
export const undoableTables = [
  'titles',
  'seasons',
  'episodes',
  'title_translations',
  'episode_translations',
  'title_relations',
  'episode_orders',
] as const;
export type UndoableTable = (typeof undoableTables)[number];
export const isUndoable = (kind: string): kind is UndoableTable =>
  (undoableTables as readonly string[]).includes(kind);

/** Columns that follow from something else than an editor's word, and why their change cannot be taken back like one. */
const moved: Partial<Record<string, Reason>> = {
  taken_down_at: 'takedown',
  asset_id: 'published',
  published_at: 'published',
  duration: 'published',
  still: 'published',
  chapters: 'published',
  markers: 'published',
  flashes: 'published',
};

const others: Partial<Record<string, Reason>> = {
  licensors: 'rights',
  licences: 'rights',
  holdbacks: 'rights',
  takedowns: 'takedown',
  takedown_notices: 'takedown',
  uploads: 'media',
  assets: 'media',
  sources: 'media',
  jobs: 'media',
  plans: 'money',
  plan_prices: 'money',
  offers: 'money',
  gifts: 'money',
  campaigns: 'money',
  licensor_shares: 'money',
};

type Said = Pick<AuditEntry, 'kind' | 'op' | 'before' | 'after'>;

/** Whether an entry by itself can be put back, or why not. */
export function undoOf({ kind, op, before, after }: Said): Reason {
  if (op === 'act') return 'act';
  if (!isUndoable(kind)) return others[kind] ?? 'people';
  const row = { ...rowIn(before), ...rowIn(after) };
  if (op === 'update')
    return (
      Object.keys(row)
        .map((name) => moved[name])
        .find(Boolean) ?? 'yes'
    );
  return kind === 'episodes' && row['asset_id'] ? 'media' : 'yes';
}

/** Why, as a sentence of a problem document. */
export const whyNot: Record<Exclude<Reason, 'yes'>, string> = {
  rights: 'Licences and holdbacks are amended or revoked, so that what was agreed when stays readable.',
  takedown: 'A takedown is lifted with a reason, where it was made.',
  media: 'It made or deleted media, and files do not come back.',
  published: 'It switched what viewers get: publish the version that they should have.',
  people: 'It changed people, their roles or plans: those are set by hand.',
  money:
    'It changed what is sold, given or advertised: that is set by hand, so that what was paid on which terms stays readable.',
  act: 'It did something that left no row behind, such as ending streams.',
};
