import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Role } from '../../schema/api/accounts.ts';
import type { Id } from '../../schema/ids.ts';
import { signInThen, to } from '../paths.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Confirming } from './confirm.tsx';
import { DeskContext, useDesk, type Desk } from './desk.ts';
import { EpisodePage } from './episodes/episode.tsx';
import { JobPage } from './jobs/job.tsx';
import { JobsPage } from './jobs/jobs.tsx';
import { followLinks, go, useAddress } from './navigation.ts';
import { OverviewPage } from './overview/overview.tsx';
import { Empty, Heading } from './parts.tsx';
import { at, placeAt, type Place } from './places.ts';
import { Shell } from './shell.tsx';
import { StepUpGate } from './step-up-gate.tsx';
import { Toasted } from './toasts.tsx';
import { UploadsPage } from './uploads/uploads.tsx';

const editors: ReadonlySet<Role> = new Set(['editor', 'admin']);

/** The dashboard, for those who have a role in it. What they may do is the API's to say; this only explains. */
export function DeskApp({ desk }: { desk: Desk }) {
  const address = useAddress();
  const place = placeAt(address.pathname);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.ctrlKey || event.metaKey) ||
        event.shiftKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      const field = document.querySelector<HTMLInputElement>('[data-search]');
      if (field) field.focus();
      else go(`${at('titles')}#search`);
    };
    addEventListener('click', followLinks);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('click', followLinks);
      removeEventListener('keydown', onKey);
    };
  }, []);
  return (
    <DeskContext.Provider value={desk}>
      <Toasted>
        <Confirming>
          <Shell place={place?.name ?? null}>
            <div key={address.pathname} class="content">
              <Door desk={desk}>{place ? <Page place={place} address={address} /> : <Nothing />}</Door>
            </div>
          </Shell>
        </Confirming>
        <StepUpGate />
      </Toasted>
    </DeskContext.Provider>
  );
}

function Page({ place: { name, values }, address }: { place: Place; address: URL }) {
  const id = values['id'] ?? '';
  switch (name) {
    case 'overview':
      return <OverviewPage />;
    case 'titles':
      return <TitlesPage q={address.searchParams.get('q') ?? ''} find={address.hash === '#search'} />;
    case 'new-title':
      return <NewTitlePage />;
    case 'title':
      return <TitlePage id={id as Id<'title'>} />;
    case 'episode':
      return <EpisodePage titleId={id as Id<'title'>} id={values['episode'] ?? ''} />;
    case 'uploads':
      return <UploadsPage />;
    case 'jobs':
      return <JobsPage state={address.searchParams.get('state')} />;
    case 'job':
      return <JobPage id={id as Id<'job'>} />;
    default:
      return name satisfies never;
  }
}

/** Explains a closed door; the edge does too, but a role can be taken away while the page is open. */
function Door({ desk: { visit, t }, children }: { desk: Desk; children: ComponentChildren }) {
  const { me } = visit;
  if (me && editors.has(me.role)) return <>{children}</>;
  return (
    <>
      <Heading title={t(me ? 'desk.notYours' : 'desk.signedOut')} />
      <p>{me ? t('desk.notYoursText', { name: me.name, role: me.role }) : t('desk.signedOutText')}</p>
      <p>
        {me ? (
          <ButtonLink href={to('home')}>{t('desk.site')}</ButtonLink>
        ) : (
          <ButtonLink look="primary" href={signInThen(visit.path)}>
            {t('nav.signIn')}
          </ButtonLink>
        )}
      </p>
    </>
  );
}

function Nothing() {
  const { t } = useDesk();
  return (
    <>
      <Heading title={t('desk.nothingHere')} />
      <Empty title={t('desk.nothingHereText')}>
        <ButtonLink href={at('overview')}>{t('overview.title')}</ButtonLink>
      </Empty>
    </>
  );
}
