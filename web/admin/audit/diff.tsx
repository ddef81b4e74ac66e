import type { AuditItem } from '../../../schema/api/audit.ts';
import { columnWord, kindWord, useSay, type Say } from './words.ts';
import { Value } from './value.tsx';

/** What says most of a row that was made or erased: shown at once, the rest of it when asked for. */
const TELLING = new Set([
  'name',
  'nameMain',
  'nameNative',
  'titleId',
  'season',
  'number',
  'locale',
  'relatedId',
  'kind',
  'airsAt',
  'licensorId',
  'territoryMode',
  'countries',
  'startsAt',
  'endsAt',
  'models',
  'planId',
  'role',
  'state',
  'reason',
  'fileName',
  'episodeId',
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
  say('change.headline', {
    kind: kindWord(say, item.kind),
    name: called(item, names),
    op: say(`op.${item.op}`),
  });

/** One row of a change, column by column: what it was, what it is. */
export function Diff({ item, names }: { item: AuditItem; names: Record<string, string> }) {
  const say = useSay();
  const whole = item.op === 'insert' || item.op === 'delete';
  const told =
    item.op === 'update'
      ? item.fields
      : item.fields.filter(({ before, after }) => !(isEmpty(before) && isEmpty(after)));
  const rest = whole ? told.filter(({ name }) => !TELLING.has(name)) : [];
  const first = told.filter((field) => !rest.includes(field));
  return (
    <>
      {first.length > 0 && <Fields fields={first} op={item.op} names={names} />}
      {rest.length > 0 && (
        <details class="more">
          <summary>{say('field.rest', { count: rest.length })}</summary>
          <Fields fields={rest} op={item.op} names={names} />
        </details>
      )}
    </>
  );
}

function Fields({ fields, op, names }: Pick<AuditItem, 'fields' | 'op'> & { names: Record<string, string> }) {
  const say = useSay();
  const was = op !== 'insert' && op !== 'act';
  const is = op !== 'delete';
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
