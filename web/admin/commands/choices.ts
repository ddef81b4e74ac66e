import type { Role } from '../../../schema/api/accounts.ts';
import type { PeoplePage } from '../../../schema/api/people.ts';
import type { InferOutput } from 'valibot';
import { api as site } from '../../api.ts';
import { titles } from '../calls.ts';
import { jobs } from '../jobs/calls.ts';
import { at } from '../places.ts';
import { roomsOf } from '../rooms.ts';

/** One line of the palette. `run` instead of `href`: it does something. */
export type Choice = {
  id: string;
  group: 'go' | 'do' | 'titles' | 'jobs' | 'people';
  name: string;
  /** What tells it from others of the same name. */
  note?: string;
} & ({ href: string } | { run: () => void });

const letters = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
/** Whether each word that was typed begins a word of the name: `new t` is “New title”. Scripts without blanks: anywhere in it. */
export function fits(name: string, typed: string): boolean {
  const [hay, words] = [letters(name), letters(typed).split(/\s+/).filter(Boolean)];
  return words.every((word) =>
    /^[a-z0-9]/.test(word) ? ` ${hay}`.includes(` ${word}`) : hay.includes(word),
  );
}

const MOST = 6;

/**
 * Titles, jobs and people that fit, for a role: each is asked only where the role may see it.
 * @returns what was found, in groups; `failed`: something did not answer
 */
export async function find(q: string, role: Role | undefined): Promise<{ found: Choice[]; failed: boolean }> {
  const may = new Set<string>(roomsOf(role).map(({ name }) => name));
  const [byTitle, byJob, byPerson] = await Promise.all([
    may.has('titles') ? titles.list({ q, limit: String(MOST) }) : null,
    may.has('jobs') ? jobs.list({ tab: null, q }) : null,
    may.has('people')
      ? site.get<InferOutput<typeof PeoplePage>>(`/api/admin/users?limit=${MOST}&q=${encodeURIComponent(q)}`)
      : null,
  ]);
  const found: Choice[] = [];
  if (byTitle?.ok)
    for (const { id, names, year } of byTitle.value.items)
      found.push({
        id,
        group: 'titles',
        name: names.main,
        note: [names.native, year].filter(Boolean).join(' · '),
        href: at('title', { id }),
      });
  if (byJob?.ok)
    for (const { id, titleName, season, episode, fileName } of byJob.value.items.slice(0, MOST))
      found.push({
        id,
        group: 'jobs',
        name: `${titleName} S${season} E${episode}`,
        note: fileName,
        href: at('job', { id }),
      });
  if (byPerson?.ok)
    for (const { id, name, email } of byPerson.value.items)
      found.push({ id, group: 'people', name, note: email, href: at('person', { id }) });
  return { found, failed: [byTitle, byJob, byPerson].some((answer) => answer && !answer.ok) };
}
