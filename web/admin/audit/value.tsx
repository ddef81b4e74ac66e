import { useDesk } from '../desk.ts';
import { useSay } from './words.ts';

/** Names of columns that hold a time, ms UTC; numbers before 1973 are none. */
const isTime = (name: string, value: unknown): value is number =>
  typeof value === 'number' && value > 1e11 && /(?:At|From|Until|By)$|^(?:at|until|since)$/.test(name);
type Stored = { key: string; width: number; height: number };
const isPicture = (value: unknown): value is Stored =>
  typeof value === 'object' && value !== null && 'key' in value && 'width' in value && 'height' in value;

/** A value of a column as people read it: names for ids, words for true and false, a picture as one. */
export function Value({
  name,
  value,
  names,
}: {
  name: string;
  value: unknown;
  names: Record<string, string>;
}) {
  const { format } = useDesk();
  const say = useSay();
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return <span class="faint">{say('value.none')}</span>;
  if (typeof value === 'boolean') return <>{say(value ? 'value.yes' : 'value.no')}</>;
  if (isTime(name, value))
    return <time dateTime={new Date(value).toISOString()}>{format.dateTime(value)}</time>;
  if (typeof value === 'number') return <>{String(value)}</>;
  if (typeof value === 'string') {
    if (value.startsWith('‹withheld')) return <span class="faint">{say('value.withheld')}</span>;
    return <span class="diff__text">{names[value] ?? value}</span>;
  }
  if (isPicture(value)) {
    const said = say('value.picture', { width: value.width, height: value.height });
    return <img class="diff__picture" src={`/${value.key}`} alt={said} title={said} loading="lazy" />;
  }
  if (Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number'))
    return <>{format.list(value.map((one) => names[String(one)] ?? String(one)))}</>;
  return <code class="diff__json">{JSON.stringify(value, null, 1)}</code>;
}
