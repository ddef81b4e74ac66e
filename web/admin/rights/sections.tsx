import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import { Decision } from './decision.tsx';
import { Holdbacks } from './holdbacks.tsx';
import { Licences } from './licences.tsx';
import { Takedown } from './takedown.tsx';
import { saying } from './words.ts';

/** What belongs to the rights of a title. */
export const sections = saying(({ title }: { title: AdminTitleDetail }) => (
  <>
    <Licences title={title} />
    <Holdbacks title={title} />
    <Decision title={title} />
    <Takedown title={title} />
  </>
));
