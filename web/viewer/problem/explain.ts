import type { Offer, ProblemCode, ProblemDocument } from '../../../schema/problem.ts';
import type { Here } from '../../visit.ts';

/** The one thing to do about a problem. */
export type Way = 'home' | 'retry' | 'sign-in' | 'profiles' | 'plans' | 'streams';
type Name =
  | 'notFound'
  | 'notSignedIn'
  | 'notAllowed'
  | 'territory'
  | 'notYet'
  | 'windowEnded'
  | 'plan'
  | 'purchase'
  | 'age'
  | 'pin'
  | 'takenDown'
  | 'streams'
  | 'streamEnded'
  | 'tooMany'
  | 'unavailable'
  | 'internal';
/** `when`: what would change it, and when; nothing where nothing is known to. */
export type Explanation = { title: string; text: string; when: string[]; way: Way };

/** Codes with words of their own in the catalogues; those that viewers never meet keep the words they came with. */
const known: Partial<Record<ProblemCode, [name: Name, way: Way]>> = {
  'not-found': ['notFound', 'home'],
  'invalid-request': ['notFound', 'home'],
  'not-signed-in': ['notSignedIn', 'sign-in'],
  'invalid-token': ['notSignedIn', 'sign-in'],
  'not-allowed': ['notAllowed', 'home'],
  'not-in-territory': ['territory', 'home'],
  'not-yet': ['notYet', 'home'],
  'window-ended': ['windowEnded', 'home'],
  'plan-required': ['plan', 'plans'],
  'purchase-required': ['purchase', 'plans'],
  'age-restricted': ['age', 'profiles'],
  'pin-required': ['pin', 'profiles'],
  'taken-down': ['takenDown', 'home'],
  'too-many-streams': ['streams', 'streams'],
  'stream-ended': ['streamEnded', 'retry'],
  'too-many-requests': ['tooMany', 'retry'],
  unavailable: ['unavailable', 'retry'],
  internal: ['internal', 'retry'],
};

/** A problem document in the visitor's own language. */
export function explain(here: Here, problem: ProblemDocument): Explanation {
  const { t } = here;
  const [name, way] = known[problem.code] ?? [];
  if (name && way)
    return {
      title: t(`problem.${name}`),
      text: t(`problem.${name}Text`),
      when: whenElse(here, problem),
      way: isOpenByPlan(here, problem) ? 'plans' : way,
    };
  const text = problem.detail ?? '';
  return { title: problem.title, text, when: [], way: problem.status >= 500 ? 'retry' : 'home' };
}

/** Early access: waiting opens it, and so does a plan, now. */
const isOpenByPlan = ({ visit }: Here, { code, offer }: ProblemDocument): boolean =>
  code === 'not-yet' && offer?.plans != null && offer.at <= visit.now;

/** The moment at which it opens by itself, and what would open it before. */
function whenElse(here: Here, { retryAt, offer }: ProblemDocument): string[] {
  const { t, visit } = here;
  const opens =
    retryAt !== undefined && retryAt > visit.now
      ? [t('problem.opens', { moment: moment(here, retryAt) })]
      : [];
  return [...(offer ? offered(here, offer) : []), ...opens];
}

const ways = {
  subscription: 'problem.byPlan',
  ads: 'problem.byAds',
  rental: 'problem.byRental',
  purchase: 'problem.byPurchase',
} as const;

function offered(here: Here, { at, models, plans }: Offer): string[] {
  const { t, visit } = here;
  const from = at > visit.now ? t('problem.from', { moment: moment(here, at) }) : t('problem.now');
  if (plans) {
    const names = new Intl.ListFormat(visit.language, { type: 'disjunction' }).format(plans);
    return [t('problem.early', { from, plans: names })];
  }
  return models.flatMap((model) => (model === 'free' ? [] : [t(ways[model], { from })]));
}

/** A moment in the visitor's own time zone, with its name: who travels should not have to guess. */
const moment = ({ visit }: Here, at: number): string =>
  new Intl.DateTimeFormat(visit.language, {
    dateStyle: 'full',
    timeStyle: 'long',
    timeZone: visit.timeZone,
  }).format(at);
