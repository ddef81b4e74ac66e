import type { LiveStream, ProblemDocument, StreamEnd } from '../../schema/problem.ts';
import { explain } from '../viewer/problem/explain.ts';
import type { Here } from '../visit.ts';
import type { Failure } from './engine.ts';
import { wayOn } from './sitting.ts';
import type { PlayerWords } from './words.ts';

/**
 * What happened, and the one thing to do about it: `here` plays on this device after all, instead of one of `streams` if there are any;
 * `begin`: although the time of a rental begins with it.
 */
export type Trouble = {
  title: string;
  text: string;
  way: 'retry' | 'here' | 'begin' | 'sign-in' | 'profiles' | 'plans' | 'back';
  streams?: readonly LiveStream[];
};

/** The API refused the play, or to go on with it. */
export function refusedPlay(here: Here, { t }: Pick<PlayerWords, 't'>, problem: ProblemDocument): Trouble {
  if (problem.code === 'too-many-streams')
    return { title: t('tooMany'), text: t('tooManyText'), way: 'back', streams: problem.streams ?? [] };
  if (problem.code === 'rental-begins') return rentalBegins(here, { t }, problem.rental);
  if (problem.code === 'stream-ended') {
    const [title, text] = ends[problem.because ?? 'expired'];
    const why = problem.why && t('byStaffWhy', { why: problem.why });
    return { title: t(title), text: why || t(text), way: wayOn[problem.because ?? 'expired'] };
  }
  const { title, text, when, way } = explain(here, problem);
  return { title, text: [text, ...when].join(' '), way: way === 'home' || way === 'streams' ? 'back' : way };
}

const HOUR = 3_600_000;
/** Asked once, before the first play of a rental: it runs out from then on. */
function rentalBegins(
  { visit }: Here,
  { t }: Pick<PlayerWords, 't'>,
  rental: ProblemDocument['rental'],
): Trouble {
  const hours = Math.round((rental?.playsForMs ?? 0) / HOUR);
  const time = hours.toLocaleString(visit.language, { style: 'unit', unit: 'hour', unitDisplay: 'long' });
  return { title: t('rental'), text: t('rentalText', { time }), way: 'begin' };
}

const texts = {
  network: ['network', 'networkText'],
  refused: ['expired', 'expiredText'],
  media: ['media', 'mediaText'],
} as const satisfies Record<Failure, readonly [string, string]>;

const ends = {
  'taken-over': ['elsewhere', 'elsewhereText'],
  ended: ['elsewhere', 'endedText'],
  expired: ['elsewhere', 'silentText'],
  stopped: ['expired', 'expiredText'],
  'rights-changed': ['changed', 'changedText'],
  'signed-out': ['signedOut', 'signedOutText'],
  'taken-down': ['takenDown', 'takenDownText'],
  'payment-failed': ['unpaid', 'unpaidText'],
  'by-staff': ['byStaff', 'byStaffText'],
} as const satisfies Record<StreamEnd, readonly [string, string]>;

/** The network is away, and looked for. */
export const offline = ({ t }: Pick<PlayerWords, 't'>): Trouble => ({
  title: t('offline'),
  text: t('offlineText'),
  way: 'retry',
});

/** The play stopped on the way. */
export function stoppedPlay({ t }: Pick<PlayerWords, 't'>, failure: Failure): Trouble {
  const [title, text] = texts[failure];
  return { title: t(title), text: t(text), way: 'retry' };
}

export const unsupported = ({ t }: Pick<PlayerWords, 't'>): Trouble => ({
  title: t('unsupported'),
  text: t('unsupportedText'),
  way: 'back',
});
