import type { AdMark } from '../../schema/api/ads.ts';
import type { Id } from '../../schema/ids.ts';
import type { Break, Film, Moved } from '../ads/adverts.ts';
import type { Counts } from '../ads/choose.ts';
import type { AdBreaks } from './ad-breaks.ts';
import { patiently } from './streams.ts';

/** What one account is shown in breaks. Each call may be repeated. */
export type AccountAdverts = {
  /** What was decided for a break, null: nothing yet; and how often each campaign counts against its cap today. */
  look(playbackId: Id<'playback'>, n: number): Promise<{ decided: Break | null; counts: Counts }>;
  /** Keeps what was chosen, within the caps. Where something is decided already, that is answered instead. */
  decide(chosen: Break): Promise<Break>;
  /** The first picture of an advertisement is about to be given out. Null: there is none of this name. */
  show(id: Id<'advert'>): Promise<{ film: Film; moved: Moved } | null>;
  /** What a player says of it. */
  mark(id: Id<'advert'>, what: AdMark): Promise<Moved | null>;
  /** Everything that is kept about the account here is gone; what was counted is in D1, where nobody is named. */
  forget(): Promise<void>;
};

export type Adverts = { account(userId: string): AccountAdverts };

/** @param env the namespace of the accounts' breaks */
export const adverts = (env: Pick<Env, 'AD_BREAKS'>): Adverts => ({
  account(userId) {
    const accounts = env.AD_BREAKS as DurableObjectNamespace<AdBreaks>;
    const call = <T>(make: (account: AccountAdverts) => Promise<T>) =>
      patiently(() => make(accounts.getByName(userId)));
    return {
      look: (playbackId, n) => call((account) => account.look(playbackId, n)),
      decide: (chosen) => call((account) => account.decide(chosen)),
      show: (id) => call((account) => account.show(id)),
      mark: (id, what) => call((account) => account.mark(id, what)),
      forget: () => call((account) => account.forget()),
    };
  },
});
