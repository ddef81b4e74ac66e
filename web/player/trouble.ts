import type { ProblemDocument } from '../../schema/problem.ts';
import { explain } from '../viewer/problem/explain.ts';
import type { Here } from '../visit.ts';
import type { Failure } from './engine.ts';
import type { PlayerWords } from './words.ts';

/** What happened, and the one thing to do about it. */
export type Trouble = { title: string; text: string; way: 'retry' | 'sign-in' | 'back' };

/** The API refused the play. */
export function refusedPlay(here: Pick<Here, 't'>, problem: ProblemDocument): Trouble {
  const { title, text, way } = explain(here, problem);
  return { title, text, way: way === 'home' ? 'back' : way };
}

const texts = {
  network: ['network', 'networkText'],
  refused: ['expired', 'expiredText'],
  media: ['media', 'mediaText'],
} as const satisfies Record<Failure, readonly [string, string]>;

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
