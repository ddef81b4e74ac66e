import type { ProblemDocument } from '../../../schema/problem.ts';
import { signInThen, to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';
import { explain } from './explain.ts';

export type ProblemData = { problem: ProblemDocument };

/** What stands where a page could not be shown: what happened, and one thing to do about it. */
export default function ProblemPage({ data: { problem } }: { data: ProblemData }) {
  const here = useHere();
  const { visit, t } = here;
  const { title, text, when, way } = explain(here, problem);
  return (
    <div class="problem">
      <p class="problem__status" aria-hidden="true">
        {problem.status}
      </p>
      <h1>{title}</h1>
      <p>{text}</p>
      {when.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {way === 'sign-in' && (
        <ButtonLink look="primary" href={signInThen(visit.path)}>
          {t('problem.signIn')}
        </ButtonLink>
      )}
      {way === 'retry' && (
        <ButtonLink look="primary" href={visit.path}>
          {t('problem.retry')}
        </ButtonLink>
      )}
      {way === 'profiles' && (
        <ButtonLink look="primary" href={`${to('profiles')}?next=${encodeURIComponent(visit.path)}`}>
          {t('problem.profiles')}
        </ButtonLink>
      )}
      {way === 'streams' && (
        <ButtonLink look="primary" href={`${to('settings')}#streams`}>
          {t('problem.seeStreams')}
        </ButtonLink>
      )}
      {way === 'home' && (
        <ButtonLink look="primary" href={to('home')}>
          {t('problem.home')}
        </ButtonLink>
      )}
      {problem.status >= 500 && problem.instance && (
        <p class="problem__reference">{t('problem.reference', { id: problem.instance })}</p>
      )}
    </div>
  );
}
