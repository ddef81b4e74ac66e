import type { Id } from '../../../schema/ids.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { titles as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { Empty, Heading, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { History } from '../audit/history.tsx';
import { Artwork } from './artwork.tsx';
import { Episodes } from './episodes.tsx';
import { FactsPart } from './facts.tsx';
import { PeoplePart } from './people.tsx';
import { Publishing } from './publishing.tsx';
import { Offers, Rights } from './rights.tsx';
import { TextsPart } from './texts.tsx';
import { isPart, partAt, titleParts, type PartOf, type TitlePart } from './title-parts.ts';
import { useSay } from './words.ts';

/** One title, in parts that each have an address. What state it is in, and what it lacks, stands above all of them. */
export function TitlePage({ id, part = 'facts' }: { id: Id<'title'>; part?: string }) {
  const { t } = useDesk();
  const title = useFresh(`title ${id}`, () => calls.read(id));
  const trail = [{ href: at('titles'), name: t('titles.title') }];
  if (!isPart(part)) return <NoPart id={id} trail={trail} />;
  return (
    <>
      {title.value ? (
        <Heading title={title.value.names.main} trail={trail}>
          <ButtonLink look="outline" href={to('title', { slug: title.value.slug })}>
            {t('title.seePage')}
          </ButtonLink>
        </Heading>
      ) : (
        <Heading title={t('titles.title')} trail={trail} />
      )}
      <Shown of={title}>
        {(value) => (
          <>
            {value.names.native && (
              <p class="native" lang={value.originalLanguage}>
                {value.names.native}
              </p>
            )}
            <Publishing title={value} loaded={title} />
            <Parts id={id} now={part} />
            <Part part={part} title={value} loaded={title} />
          </>
        )}
      </Shown>
    </>
  );
}
/** Links, because each part has an address: a list of pages of one title. */
function Parts({ id, now }: { id: Id<'title'>; now: TitlePart }) {
  const say = useSay();
  return (
    <nav class="tabs" aria-label={say('part.nav')}>
      <ul>
        {titleParts.map((part) => (
          <li key={part}>
            <a href={partAt(id, part)} {...(part === now ? { 'aria-current': 'page' } : {})}>
              {say(`part.${part}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Part({ part, ...shown }: PartOf & { part: TitlePart }) {
  switch (part) {
    case 'facts':
      return <FactsPart {...shown} />;
    case 'episodes':
      return <Episodes {...shown} />;
    case 'texts':
      return <TextsPart {...shown} />;
    case 'people':
      return <PeoplePart {...shown} />;
    case 'artwork':
      return <Artwork {...shown} />;
    case 'rights':
      return <Rights title={shown.title} />;
    case 'offers':
      return <Offers title={shown.title} />;
    case 'history':
      return (
        <History
          titleId={shown.title.id}
          version={shown.title.revision}
          onUndone={() => void shown.loaded.refresh()}
        />
      );
    default:
      return part satisfies never;
  }
}

function NoPart({ id, trail }: { id: Id<'title'>; trail: { href: string; name: string }[] }) {
  const { t } = useDesk();
  return (
    <>
      <Heading title={t('desk.nothingHere')} trail={trail} />
      <Empty title={t('desk.nothingHereText')}>
        <ButtonLink href={at('title', { id })}>{t('title.facts')}</ButtonLink>
      </Empty>
    </>
  );
}
