import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { signInThen, to } from '../paths.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Commands } from './commands/commands.tsx';
import { Confirming } from './confirm.tsx';
import { DeskContext, useDesk, type Desk } from './desk.ts';
import { lazy } from './lazy.tsx';
import { followLinks, useAddress } from './navigation.ts';
import { pages } from './pages.tsx';
import { Empty, Heading } from './parts.tsx';
import { at, placeAt, type Place, type PlaceName } from './places.ts';
import { roomOf, roomsOf, worksHere } from './rooms.ts';
import { Shell } from './shell.tsx';
import { StepUpGate } from './step-up-gate.tsx';
import { Toasted } from './toasts.tsx';

/** Whoever is invited to work here takes the invitation where the door is still closed. */
const Invited = lazy((language) => import('./people/invited.tsx').then((m) => m.invited(language)));

/** The dashboard, for those who have a role in it. What they may do is the API's to say; this only explains. */
export function DeskApp({ desk }: { desk: Desk }) {
  const address = useAddress();
  const place = placeAt(address.pathname);
  const Page = place && pages[place.name];
  useEffect(() => {
    addEventListener('click', followLinks);
    return () => removeEventListener('click', followLinks);
  }, []);
  return (
    <DeskContext.Provider value={desk}>
      <Toasted>
        <Confirming>
          <Shell place={place?.name ?? null}>
            <div key={pageOf(place, address)} class="content">
              <Door desk={desk} place={place?.name ?? null}>
                {Page ? <Page values={place.values} address={address} /> : <Nothing />}
              </Door>
            </div>
          </Shell>
        </Confirming>
        <StepUpGate />
        <Commands />
      </Toasted>
    </DeskContext.Provider>
  );
}

/** What is another page, and begins anew with its heading: parts of a title are of one. */
const pageOf = (place: Place | null, { pathname }: URL): string =>
  place?.name === 'title' || place?.name === 'title-part' ? at('title', place.values) : pathname;

/** Explains a closed door; the edge does too, but a role can be taken away while the page is open. */
function Door({
  desk: { visit, t },
  place,
  children,
}: {
  desk: Desk;
  place: PlaceName | null;
  children: ComponentChildren;
}) {
  const { me } = visit;
  if (!me)
    return (
      <>
        <Heading title={t('desk.signedOut')} />
        <p>{t('desk.signedOutText')}</p>
        <p>
          <ButtonLink look="primary" href={signInThen(visit.path)}>
            {t('nav.signIn')}
          </ButtonLink>
        </p>
      </>
    );
  const room = place && roomOf(place);
  const elsewhere = worksHere(me.role);
  if (elsewhere && (!room || roomsOf(me.role).includes(room))) return <>{children}</>;
  return (
    <>
      <Heading title={t(elsewhere ? 'desk.otherRoom' : 'desk.notYours')} />
      <p>{t('desk.notYoursText', { name: me.name, role: me.role })}</p>
      {!elsewhere && <Invited />}
      <p>
        <ButtonLink href={elsewhere ? at('overview') : to('home')}>
          {t(elsewhere ? 'room.overview' : 'desk.site')}
        </ButtonLink>
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
        <ButtonLink href={at('overview')}>{t('room.overview')}</ButtonLink>
      </Empty>
    </>
  );
}
