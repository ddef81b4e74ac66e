import { useEffect, useState } from 'preact/hooks';
import type { Passkey, Security } from '../../../schema/api/accounts.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { TroubleNotice } from '../account/account.tsx';
import { PasswordNowField } from '../account/fields.tsx';
import type { Trouble } from '../account/form.ts';
import { moment } from '../account/moment.ts';
import { asTrouble, Part, useAct } from '../account/part.tsx';
import { addPasskey } from '../account/passkey.ts';
import { useAccountWords } from '../account/words.ts';

/** Keys that stand in for a password. */
export function Passkeys({ security, changed }: { security: Security; changed: () => void }) {
  const a = useAccountWords();
  const [known, setKnown] = useState(false);
  const [adding, setAdding] = useState(false);
  useEffect(() => setKnown('PublicKeyCredential' in globalThis), []);
  const { act, busy, trouble } = useAct(changed);
  return (
    <Part id="passkeys" title={a('passkeysTitle')}>
      <p>{a('passkeysText')}</p>
      {trouble && <TroubleNotice trouble={trouble} />}
      {security.passkeys.length > 0 && (
        <ul class="settings__list">
          {security.passkeys.map((passkey) => (
            <Row
              key={passkey.id}
              passkey={passkey}
              busy={busy}
              remove={() => void act(`/api/me/passkeys/${passkey.id}`, 'DELETE')}
            />
          ))}
        </ul>
      )}
      {adding ? (
        <Add
          hasPassword={security.hasPassword}
          close={(added) => {
            setAdding(false);
            if (added) changed();
          }}
        />
      ) : (
        known &&
        security.emailVerified && (
          <Button look="outline" onClick={() => setAdding(true)}>
            {a('addPasskey')}
          </Button>
        )
      )}
    </Part>
  );
}

function Row({ passkey, busy, remove }: { passkey: Passkey; busy: boolean; remove: () => void }) {
  const here = useHere();
  const a = useAccountWords();
  return (
    <li>
      <span>
        <strong>{passkey.name}</strong>
        <span class="settings__soft">
          {passkey.usedAt === null ? a('neverUsed') : a('usedOn', { moment: moment(here, passkey.usedAt) })}
        </span>
      </span>
      <Button
        look="outline"
        small
        disabled={busy}
        aria-label={`${a('remove')}: ${passkey.name}`}
        onClick={remove}
      >
        {a('remove')}
      </Button>
    </li>
  );
}

function Add({ hasPassword, close }: { hasPassword: boolean; close: (added: boolean) => void }) {
  const a = useAccountWords();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | 'unused' | null>(null);
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => {
      const value = fields.get(name);
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    setBusy(true);
    const answer = await addPasskey(text('name') ?? a('passkeysTitle'), text('password'));
    setBusy(false);
    if (answer === 'unused') return setTrouble('unused');
    if (answer.ok) return close(true);
    setTrouble(asTrouble(answer.problem));
  };
  return (
    <form class="settings__form" method="post" onSubmit={(event) => void add(event)}>
      {trouble === 'unused' && (
        <Notice tone="danger" title={a('passkeyFailed')}>
          {a('passkeyFailedText')}
        </Notice>
      )}
      {trouble && trouble !== 'unused' && <TroubleNotice trouble={trouble} />}
      <Field label={a('passkeyName')} name="name" maxLength={60} autocomplete="off" required />
      {hasPassword && <PasswordNowField problem={undefined} />}
      <div class="settings__ways">
        <Button type="submit" look="primary" disabled={busy}>
          {a('addPasskey')}
        </Button>
        <Button look="plain" onClick={() => close(false)}>
          {a('cancel')}
        </Button>
      </div>
    </form>
  );
}
