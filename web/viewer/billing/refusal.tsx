import type { ProblemCode, ProblemDocument } from '../../../schema/problem.ts';
import { to } from '../../paths.ts';
import { Notice } from '../../ui/notice.tsx';
import { useHere, type Here } from '../../visit.ts';
import { explain } from '../problem/explain.ts';

type Way = 'billing' | 'address' | null;
const known = {
  unavailable: ['away', null],
  'already-subscribed': ['subscribed', 'billing'],
  'already-bought': ['bought', null],
  'not-for-sale': ['notForSale', null],
  'payment-failed': ['failed', null],
  'unverified-address': ['address', 'address'],
} as const satisfies Partial<Record<ProblemCode, readonly [string, Way]>>;
const isKnown = (code: string): code is keyof typeof known => Object.hasOwn(known, code);

/** Why something about money was not done, in words: above all whether anything was charged. */
export function refusalOf(here: Here, problem: ProblemDocument): { title: string; text: string; way: Way } {
  const b = here.words('billing');
  if (isKnown(problem.code)) {
    const [name, way] = known[problem.code];
    return { title: b(`refused.${name}`), text: b(`refused.${name}Text`), way };
  }
  const { title, text } = explain(here, problem);
  return { title, text, way: null };
}

export function RefusalNotice({ problem }: { problem: ProblemDocument }) {
  const here = useHere();
  const { title, text, way } = refusalOf(here, problem);
  return (
    <Notice tone="danger" title={title}>
      <p>{text}</p>
      {way === 'address' && (
        <p>
          <a href={to('verify-email')}>{here.words('billing')('refused.confirm')}</a>
        </p>
      )}
    </Notice>
  );
}
