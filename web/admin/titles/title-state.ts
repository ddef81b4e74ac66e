import type { AdminTitle } from '../../../schema/api/editing.ts';
import type { Tone } from '../parts.tsx';

export const titleStates = ['draft', 'scheduled', 'published', 'takenDown'] as const;
export type TitleState = (typeof titleStates)[number];

/** Who sees a title: a takedown goes before everything else. */
export function titleState({
  draft,
  publishAt,
  takenDownAt,
}: Pick<AdminTitle, 'draft' | 'publishAt' | 'takenDownAt'>): TitleState {
  if (takenDownAt !== null) return 'takenDown';
  if (!draft) return 'published';
  return publishAt === null ? 'draft' : 'scheduled';
}

export const stateTones: Record<TitleState, Tone> = {
  draft: 'quiet',
  scheduled: 'warning',
  published: 'good',
  takenDown: 'danger',
};
