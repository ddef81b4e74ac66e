import type { AuditItem } from '../../../schema/api/audit.ts';
import { columnWord, kindWord, useSay, type Say } from './words.ts';
import { Value } from './value.tsx';

/** Columns of a new or erased row that say nothing to anybody. */
const BORING = new Set([
  'id',
  'seasonId',
  'createdAt',
  'updatedAt',
  'revision',
  'assetRevision',
  'amendments',
  'playableEpisodes',
  'trend',
  'shownIn',
  'shownUntil',
]);
const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** What a row is called: its own name, or that of what it belongs to. */
export function called(item: AuditItem, names: Record<string, string>): string {
  const own = item.fields.find(({ name }) => name === 'nameMain' || name === 'name');
  const said = own && (own.after ?? own.before);
  const known = item.id.split(' ').map((part) => names[part] ?? part);
  if (item.op !== 'act' && item.id.includes(' ')) return known.join(' · ');
  return (
    names[item.id] ??
    names[item.episodeId ?? ''] ??
    (typeof said === 'string' ? said : null) ??
    names[item.titleId ?? ''] ??
    item.id
  );
}
export const headline = (say: Say, item: AuditItem, names: Record<string, string>): string =>
  `${kindWord(say, item.kind)} “${called(item, names)}” ${say(`op.${item.op}`)}`;

/** One row of a change, column by column: what it was, what it is. */
export function Diff({ item, names }: { item: AuditItem; names: Record<string, string> }) {
  const say = useSay();
  const whole = item.op !== 'update';
  const fields = item.fields.filter(
    ({ name, before, after }) => !whole || !(BORING.has(name) || (isEmpty(before) && isEmpty(after))),
  );
  if (fields.length === 0) return null;
  const was = item.op !== 'insert' && item.op !== 'act';
  const is = item.op !== 'delete';
  return (
    <div class="diff__scroll">
      <table class="diff">
        <thead class="diff__head">
          <tr>
            <th scope="col">{say('field.name')}</th>
            {was && <th scope="col">{say('field.before')}</th>}
            {is && <th scope="col">{say('field.after')}</th>}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.name}>
              <th scope="row">{columnWord(say, field.name)}</th>
              {was && (
                <td class="diff__before">
                  <Value name={field.name} value={field.before} names={names} />
                </td>
              )}
              {is && (
                <td class="diff__after">
                  {was && <span aria-hidden="true">→ </span>}
                  <Value name={field.name} value={field.after} names={names} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
