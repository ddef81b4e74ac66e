import type { ComponentChildren } from 'preact';
import type { Role } from '../../../schema/api/accounts.ts';
import type { Visitor } from '../../../schema/api/me.ts';
import { signOutPath } from '../../display.ts';
import { dashboardPath, signInThen, to, type PageName } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useHere } from '../../visit.ts';

const workers: ReadonlySet<Role> = new Set(['editor', 'admin']);

/** Who is watching, what is new to them, and the ways in and out. Plain HTML: the menu is a popover, signing out is a form. */
export function Account({ page }: { page: PageName }) {
  const { visit, words } = useHere();
  const m = words('menu');
  const { me } = visit;
  if (me) return <Somebody me={me} page={page} />;
  if (page === 'sign-in' || page === 'sign-up') return null;
  return (
    <ul class="account">
      <li class="account__wide">
        <ButtonLink look="plain" small href={signInThen(visit.path, 'sign-up')}>
          {m('signUp')}
        </ButtonLink>
      </li>
      <li>
        <ButtonLink look="outline" small href={signInThen(visit.path)}>
          {m('signIn')}
        </ButtonLink>
      </li>
    </ul>
  );
}

function Somebody({ me, page }: { me: Visitor; page: PageName }) {
  const { visit, words } = useHere();
  const m = words('menu');
  const { profile, unseen } = me;
  const switching = `${to('profiles')}?next=${encodeURIComponent(page === 'profiles' ? '/' : visit.path)}`;
  const name = profile?.name ?? me.name;
  return (
    <div class="account">
      {unseen > 0 && (
        <a class="account__news" href={to('notices')} aria-label={m('unseen', { count: unseen })}>
          <Icon name="bell" />
          <span aria-hidden="true">{unseen > 99 ? '99+' : unseen}</span>
        </a>
      )}
      <button
        type="button"
        class="account__who"
        popovertarget="account-menu"
        aria-label={m('menu', { name })}
        title={name}
      >
        <img src={`/avatars/${profile?.avatar ?? 'fox'}.svg`} alt="" width="36" height="36" />
        <span class="account__name">{name}</span>
      </button>
      <div id="account-menu" class="menu" popover="auto">
        <p class="menu__who">
          <strong>{name}</strong>
          <span>{me.email}</span>
        </p>
        <ul>
          <Way href={switching}>{profile ? m('switch') : m('whoWatches')}</Way>
          <Way href={to('list')} here={page === 'list'}>
            {m('list')}
          </Way>
          <Way href={to('history')} here={page === 'history'}>
            {m('history')}
          </Way>
          <Way href={to('notices')} here={page === 'notices'}>
            {m('notices')}
            {unseen > 0 && (
              <span class="menu__count" aria-label={m('unseen', { count: unseen })}>
                {unseen}
              </span>
            )}
          </Way>
          <Way href={to('billing')} here={page === 'billing'}>
            {m('billing')}
          </Way>
          <Way href={to('settings')} here={page === 'settings'}>
            {m('settings')}
          </Way>
          {workers.has(me.role) && <Way href={dashboardPath}>{m('dashboard')}</Way>}
        </ul>
        <form method="post" action={signOutPath}>
          <input type="hidden" name="next" value={visit.path} />
          <button type="submit" class="menu__out">
            {m('signOut')}
          </button>
        </form>
      </div>
    </div>
  );
}

const Way = ({
  href,
  here = false,
  children,
}: {
  href: string;
  here?: boolean;
  children: ComponentChildren;
}) => (
  <li>
    <a href={href} {...(here ? { 'aria-current': 'page' as const } : {})}>
      {children}
    </a>
  </li>
);
