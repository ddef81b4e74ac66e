import { useState } from 'preact/hooks';
import type { Consents } from '../../../schema/api/me.ts';
import { to } from '../../paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { TroubleNotice } from '../account/account.tsx';
import { PasswordNowField } from '../account/fields.tsx';
import { filled, Part, PartForm, useAct } from '../account/part.tsx';
import { useAccountWords } from '../account/words.ts';

/** What was agreed to, what is kept, and the way out. */
export function Privacy({
  consents,
  hasPassword,
  changed,
}: {
  consents: Consents;
  hasPassword: boolean;
  changed: () => void;
}) {
  const a = useAccountWords();
  const [leaving, setLeaving] = useState(false);
  const { act, busy, trouble } = useAct(changed);
  const newsletter = consents.current.find(({ kind }) => kind === 'newsletter');
  return (
    <>
      <Part id="privacy" title={a('privacyTitle')}>
        {trouble && <TroubleNotice trouble={trouble} />}
        {newsletter && (
          <label class="settings__tick">
            <input
              type="checkbox"
              checked={newsletter.given}
              disabled={busy}
              onChange={(event) => {
                const { checked: given } = event.currentTarget;
                const { kind, version } = newsletter;
                void act('/api/me/consents', 'POST', { kind, version, given });
              }}
            />
            {a('newsletter')}
          </label>
        )}
        <p>{a('exportText')}</p>
        <ButtonLink look="outline" href="/api/me/export" download="engawa-export.json">
          {a('export')}
        </ButtonLink>
      </Part>
      <Part id="close" title={a('closeTitle')}>
        <p>{a('closeText')}</p>
        {leaving ? (
          <PartForm
            action="/api/me"
            method="DELETE"
            body={filled}
            submit={a('close')}
            look="danger"
            done={() => {
              location.assign(to('home'));
              return 'leaving';
            }}
            cancel={() => setLeaving(false)}
          >
            {(problems) => (hasPassword ? <PasswordNowField problem={problems['password']} /> : null)}
          </PartForm>
        ) : (
          <Button look="danger" onClick={() => setLeaving(true)}>
            {a('close')}
          </Button>
        )}
      </Part>
    </>
  );
}
