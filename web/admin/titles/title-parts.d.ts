import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { Loaded } from '../fresh-hook.ts';
/** The parts of a title's page, each at an address of its own: what is a title's daily work, and what is set once. */
export declare const titleParts: readonly [
  'facts',
  'episodes',
  'texts',
  'people',
  'artwork',
  'rights',
  'history',
];
export type TitlePart = (typeof titleParts)[number];
export declare const isPart: (text: string) => text is TitlePart;
/** The facts stand at the title's own address. */
export declare const partAt: (id: string, part: TitlePart) => string;
/** What every part is given. */
export type PartOf = {
  title: AdminTitleDetail;
  loaded: Loaded<AdminTitleDetail>;
};
