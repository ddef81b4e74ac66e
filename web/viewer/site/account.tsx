import { useState } from 'preact/hooks';
import type { Role } from '../../../schema/api/accounts.ts';
import { api } from '../../api.ts';
import { dashboardPath, signInThen, to, type PageName } from '../../paths.ts';
import { SIGNING_OUT } from '../../signing-out.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';

const workers: ReadonlySet<Role> = new Set(['editor', 'admin']);

/** Who is signed in, and the ways in and out. */
export function Account({ page }: { page: PageName }) {
  const { visit, t } = useHere();
  const [leaving, setLeaving] = useState(false);
  const { me } = visit;
  if (!me) {
    if (page === 'sign-in' || page === 'sign-up') return null;
    return (
      <ul class="account">
        <li class="account__wide">
          <ButtonLink look="plain" small href={signInThen(visit.path, 'sign-up')}>
            {t('nav.signUp')}
          </ButtonLink>
        </li>
        <li>
          <ButtonLink look="outline" small href={signInThen(visit.path)}>
            {t('nav.signIn')}
          </ButtonLink>
        </li>
      </ul>
    );
  }
  const leave = async () => {
    setLeaving(true);
    globalThis.dispatchEvent(new Event(SIGNING_OUT));
    await api.post('/api/auth/sign-out', {});
    location.reload();
  };
  return (
    <ul class="account">
      {workers.has(me.role) && (
        <li>
          <ButtonLink look="plain" small href={dashboardPath}>
            {t('nav.dashboard')}
          </ButtonLink>
        </li>
      )}
      <li class="account__name" title={me.email}>
        <a href={to('settings')}>{me.name}</a>
      </li>
      <li>
        <Button look="outline" small disabled={leaving} onClick={() => void leave()}>
          {t('nav.signOut')}
        </Button>
      </li>
    </ul>
  );
}
