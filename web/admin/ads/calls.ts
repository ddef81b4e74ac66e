import type { CampaignChange, CampaignState, NewCampaign } from '../../../schema/api/ads.ts';
import type { Id } from '../../../schema/ids.ts';
import { api, ask } from '../calls.ts';

const one = api.admin.campaigns[':id'];

export const campaigns = {
  list: (query: { state?: CampaignState; cursor?: string }) => ask(() => api.admin.campaigns.$get({ query })),
  read: (id: Id<'campaign'>) => ask(() => one.$get({ param: { id } })),
  create: (json: NewCampaign) => ask(() => api.admin.campaigns.$post({ json })),
  /** What a tag gives now; nothing is counted. */
  tryTag: (vastUrl: string) => ask(() => api.admin.campaigns.try.$post({ json: { vastUrl } })),
  change: (id: Id<'campaign'>, json: CampaignChange) => ask(() => one.$patch({ param: { id }, json })),
  drop: (id: Id<'campaign'>) => ask(() => one.$delete({ param: { id } })),
  start: (id: Id<'campaign'>) => ask(() => one.start.$post({ param: { id } })),
  pause: (id: Id<'campaign'>) => ask(() => one.pause.$post({ param: { id } })),
  end: (id: Id<'campaign'>) => ask(() => one.end.$post({ param: { id } })),
  numbers: (id: Id<'campaign'>, by: 'hour' | 'day') =>
    ask(() => one.numbers.$get({ param: { id }, query: { by } })),
};

export const creatives = {
  read: (episode: Id<'episode'>) => ask(() => api.admin.creatives[':episode'].$get({ param: { episode } })),
  /** The episodes of a title, of which one is to be shown. */
  ofTitle: (id: Id<'title'>) => ask(() => api.admin.titles[':id'].$get({ param: { id } })),
};

export const breakMarks = {
  read: (id: Id<'episode'>) => ask(() => api.admin.episodes[':id'].breaks.$get({ param: { id } })),
  put: (id: Id<'episode'>, breaks: number[]) =>
    ask(() => api.admin.episodes[':id'].breaks.$put({ param: { id }, json: { breaks } })),
};
