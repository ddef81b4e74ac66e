import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { UiLanguage } from '../../i18n/i18n.ts';
import { Decision } from './decision.tsx';
import { Holdbacks } from './holdbacks.tsx';
import { Licences } from './licences.tsx';
import { Takedown } from './takedown.tsx';
import { SayContext, speakOfRights } from './words.ts';

/** What belongs to the rights of a title, in the reader's language. */
export async function sections(language: UiLanguage) {
  const say = await speakOfRights(language);
  return function Sections({ title }: { title: AdminTitleDetail }) {
    return (
      <SayContext.Provider value={say}>
        <Licences title={title} />
        <Holdbacks title={title} />
        <Decision title={title} />
        <Takedown title={title} />
      </SayContext.Provider>
    );
  };
}
