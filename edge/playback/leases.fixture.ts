import type { Asked } from './leases.ts';

/** A play that asks for a lease; `name` makes its ids. */
export const asking = (name: string, change: Partial<Asked> = {}): Asked => ({
  sessionId: `ply_${name}`,
  userId: 'usr_0000',
  signInId: null,
  seat: null,
  episodeId: 'ep_0000',
  titleId: 'ttl_0000',
  assetId: 'ast_0000',
  profileId: 'prf_0000',
  licenceId: 'lic_0000',
  planId: null,
  country: 'JP',
  title: 'A title',
  device: `Device ${name}`,
  limit: 2,
  startedAt: Date.now(),
  until: Date.now() + 12 * 3_600_000,
  duration: 1440,
  periodSeconds: 60,
  takeOver: null,
  ...change,
});
