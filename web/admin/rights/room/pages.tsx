import type { Id } from '../../../../schema/ids.ts';
import { lazy } from '../../lazy.tsx';
import type { PageProps } from '../../pages.tsx';
import { saying } from './words.ts';

/** The pages of the rights room, each a chunk of its own. */
export const rightsPages = {
  rights: lazy<PageProps>(async (language) => {
    const { AttentionPage } = await import('./attention.tsx');
    return saying(({ address }: PageProps) => <AttentionPage address={address} />)(language);
  }),
  licences: lazy<PageProps>(async (language) => {
    const { LicenceListPage } = await import('./licence-list.tsx');
    return saying(({ address }: PageProps) => <LicenceListPage address={address} />)(language);
  }),
  licence: lazy<PageProps>(async (language) => {
    const { LicencePage } = await import('./licence-page.tsx');
    return saying(({ values }: PageProps) => <LicencePage id={values['id'] as Id<'licence'>} />)(language);
  }),
  licensors: lazy<PageProps>(async (language) => {
    const { LicensorsPage } = await import('./licensors.tsx');
    return saying<PageProps>(() => <LicensorsPage />)(language);
  }),
  licensor: lazy<PageProps>(async (language) => {
    const { LicensorPage } = await import('./licensor-page.tsx');
    return saying(({ values }: PageProps) => <LicensorPage id={values['id'] as Id<'licensor'>} />)(language);
  }),
  world: lazy<PageProps>(async (language) => {
    const { WorldPage } = await import('../world/world-page.tsx');
    return saying(({ address }: PageProps) => <WorldPage address={address} />)(language);
  }),
  ask: lazy<PageProps>(async (language) => {
    const { AskPage } = await import('../ask/ask-page.tsx');
    return saying(({ address }: PageProps) => <AskPage address={address} />)(language);
  }),
};
