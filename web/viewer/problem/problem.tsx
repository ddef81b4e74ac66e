import type { TitleCard } from '../../../schema/api/catalog.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { signInThen, to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';
import { PosterCard } from '../cards/cards.tsx';
import { Row } from '../cards/row.tsx';
import { SearchBox } from '../site/search-box.tsx';
import { useSiteWords } from '../site/words.ts';
import { explain } from './explain.ts';

export type ProblemData = {
  problem: ProblemDocument;
  /** What the address may have meant, where there is nothing at it: words to look for, and titles that are near them. */
  meant: { q: string; titles: TitleCard[] } | null;
};

/** What stands where a page could not be shown: what happened, and one thing to do about it. */
export default function ProblemPage({ data: { problem, meant } }: { data: ProblemData }) {
  const here = useHere();
  const { visit, t } = here;
  const s = useSiteWords();
  const { title, text, when, way } = explain(here, problem);
  return (
    <>
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
        {way === 'plans' && (
          <ButtonLink look="primary" href={to('plans')}>
            {here.words('plans')('see')}
          </ButtonLink>
        )}
        {way === 'streams' && (
          <ButtonLink look="primary" href={`${to('settings')}#streams`}>
            {t('problem.seeStreams')}
          </ButtonLink>
        )}
        {meant && <SearchBox id="look-for" q={meant.q} large />}
        {way === 'home' && (
          <ButtonLink look="primary" href={to('home')}>
            {t('problem.home')}
          </ButtonLink>
        )}
        {problem.status >= 500 && problem.instance && (
          <p class="problem__reference">{t('problem.reference', { id: problem.instance })}</p>
        )}
      </div>
      {meant && meant.titles.length > 0 && (
        <div class="shelves">
          <Row id="meant" name={s('problem.maybe')} shape="poster">
            {meant.titles.map((near) => (
              <PosterCard key={near.id} title={near} />
            ))}
          </Row>
        </div>
      )}
    </>
  );
}
