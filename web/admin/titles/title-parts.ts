import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { Loaded } from '../fresh-hook.ts';
import { at } from '../places.ts';

/** The parts of a title's page, each at an address of its own: what is a title's daily work, and what is set once. */
export const titleParts = [
  'facts',
  'episodes',
  'texts',
  'people',
  'artwork',
  'rights',
  'offers',
  'history',
] as const;
export type TitlePart = (typeof titleParts)[number];
export const isPart = (text: string): text is TitlePart => (titleParts as readonly string[]).includes(text);

/** The facts stand at the title's own address. */
export const partAt = (id: string, part: TitlePart): string =>
  part === 'facts' ? at('title', { id }) : at('title-part', { id, part });

/** What every part is given. */
export type PartOf = { title: AdminTitleDetail; loaded: Loaded<AdminTitleDetail> };
