import type { Id } from '../../../schema/ids.ts';
import type { ComponentType } from 'preact';
import type { UiLanguage } from '../../i18n/i18n.ts';
import { lazy } from '../lazy.tsx';
import type { PageProps } from '../pages.tsx';
import { saying as rightsWords } from '../rights/words.ts';
import { saying as titleWords } from '../titles/words.ts';
import { saying } from './words.ts';

/** The form asks for countries and titles by fields of other rooms, which have their words there. */
const withOthers = async <P extends object>(Page: ComponentType<P>, language: UiLanguage) =>
  titleWords(await rightsWords(await saying(Page)(language))(language))(language);

export const adsPages = {
  ads: lazy<PageProps>(async (language) => {
    const { CampaignsPage } = await import('./campaigns.tsx');
    return saying(({ address }: PageProps) => <CampaignsPage address={address} />)(language);
  }),
  'new-campaign': lazy<PageProps>(async (language) => {
    const { NewCampaignPage } = await import('./new-campaign.tsx');
    return withOthers<PageProps>(() => <NewCampaignPage />, language);
  }),
  campaign: lazy<PageProps>(async (language) => {
    const { CampaignPage } = await import('./campaign.tsx');
    return withOthers(
      ({ values }: PageProps) => <CampaignPage id={values['id'] as Id<'campaign'>} />,
      language,
    );
  }),
};
