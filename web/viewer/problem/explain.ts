import type { ProblemCode, ProblemDocument } from '../../../schema/problem.ts';
import type { Here } from '../../visit.ts';

/** The one thing to do about a problem. */
export type Way = 'home' | 'retry' | 'sign-in';
type Name =
  | 'notFound'
  | 'notSignedIn'
  | 'notAllowed'
  | 'territory'
  | 'notYet'
  | 'windowEnded'
  | 'tooMany'
  | 'unavailable'
  | 'internal';
export type Explanation = { title: string; text: string; way: Way };

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
  'too-many-requests': ['tooMany', 'retry'],
  unavailable: ['unavailable', 'retry'],
  internal: ['internal', 'retry'],
};

/** A problem document in the visitor's own language. */
export function explain({ t }: Pick<Here, 't'>, problem: ProblemDocument): Explanation {
  const [name, way] = known[problem.code] ?? [];
  if (name && way) return { title: t(`problem.${name}`), text: t(`problem.${name}Text`), way };
  return { title: problem.title, text: problem.detail ?? '', way: problem.status >= 500 ? 'retry' : 'home' };
}
