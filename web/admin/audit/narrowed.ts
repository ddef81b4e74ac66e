import { at } from '../places.ts';
import { fromLocal } from '../local-time.ts';
import type { Narrowed } from './calls.ts';

const names = ['q', 'kind', 'of', 'actor', 'operation', 'request', 'from', 'to'] as const;

/** What an address of the log narrows it by: others can be sent to the same list. */
export function narrowedIn({ searchParams }: URL): Narrowed {
  const given = names.map((name) => [name, searchParams.get(name)?.trim()] as const);
  return Object.fromEntries(given.filter(([name, text]) => text && (name !== 'q' || text.length > 2)));
}

export function narrowedTo(by: Narrowed): string {
  const query = new URLSearchParams(by);
  return `${at('audit')}${query.size > 0 ? `?${query}` : ''}`;
}

/** The address for what a form was filled in with; times are the reader's own, to the minute. */
export function narrowedBy(form: FormData, before: Narrowed): string {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const time = (name: string) => {
    const ms = fromLocal(text(name));
    return ms === null ? '' : String(ms);
  };
  const said = { q: text('q'), kind: text('kind'), of: text('of'), from: time('from'), to: time('to') };
  const { actor, operation, request } = before;
  const all = { ...said, actor, operation, request };
  return narrowedTo(Object.fromEntries(Object.entries(all).filter(([, value]) => value)));
}
