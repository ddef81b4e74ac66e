import { useState } from 'preact/hooks';
import type { BackupCodes, Security, SecondFactorOffer } from '../../../schema/api/accounts.ts';
import type { InferOutput } from 'valibot';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { CodeField, PasswordNowField } from '../account/fields.tsx';
import { filled, Part, PartForm } from '../account/part.tsx';
import { useAccountWords } from '../account/words.ts';

type Offer = InferOutput<typeof SecondFactorOffer>;
type Doing = 'set-up' | 'new-codes' | 'turn-off';

/** Codes of an app as the second step of a sign-in. */
export function SecondFactor({ security, changed }: { security: Security; changed: () => void }) {
  const a = useAccountWords();
  const { on, backupCodesLeft } = security.secondFactor;
  const [doing, setDoing] = useState<Doing | null>(null);
  const [offer, setOffer] = useState<Offer | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = () => {
    setDoing(null);
    setOffer(null);
    changed();
  };
  const proof = (problems: Record<string, string>) =>
    security.hasPassword && <PasswordNowField problem={problems['password']} />;
  const choice = (what: Doing, words: string) => (
    <Button look="outline" onClick={() => setDoing(what)}>
      {words}
    </Button>
  );
  return (
    <Part id="second-factor" title={a('secondFactorTitle')}>
      <p>{on ? a('secondFactorOn', { count: backupCodesLeft }) : a('secondFactorOff')}</p>
      {codes && <ShownOnce codes={codes} />}
      {doing === null && on && (
        <div class="settings__ways">
          {choice('new-codes', a('newBackup'))}
          {choice('turn-off', a('turnOff'))}
        </div>
      )}
      {doing === null && !on && security.emailVerified && choice('set-up', a('turnOn'))}
      {doing === 'set-up' && !offer && (
        <PartForm<Offer>
          action="/api/me/second-factor"
          body={filled}
          submit={a('turnOn')}
          done={setOffer}
          cancel={close}
        >
          {proof}
        </PartForm>
      )}
      {doing === 'set-up' && offer && (
        <>
          <p>{a('scan')}</p>
          <p>
            <ButtonLink look="outline" href={offer.uri}>
              {a('openApp')}
            </ButtonLink>
          </p>
          <p>
            {a('secret')}: <code class="settings__secret">{offer.secret}</code>
          </p>
          <ShownOnce codes={offer.backupCodes} />
          <p>{a('confirmApp')}</p>
          <PartForm
            action="/api/me/second-factor"
            method="PUT"
            submit={a('turnOnNow')}
            done={close}
            cancel={close}
          >
            {(problems) => <CodeField problem={problems['code']} />}
          </PartForm>
        </>
      )}
      {doing === 'new-codes' && (
        <PartForm<InferOutput<typeof BackupCodes>>
          action="/api/me/second-factor/backup-codes"
          body={filled}
          submit={a('newBackup')}
          done={({ backupCodes }) => {
            setCodes(backupCodes);
            close();
          }}
          cancel={close}
        >
          {proof}
        </PartForm>
      )}
      {doing === 'turn-off' && (
        <PartForm
          action="/api/me/second-factor/off"
          body={filled}
          submit={a('turnOff')}
          look="danger"
          done={close}
          cancel={close}
        >
          {proof}
        </PartForm>
      )}
    </Part>
  );
}

function ShownOnce({ codes }: { codes: readonly string[] }) {
  const a = useAccountWords();
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join('\n')}\n`)}`;
  return (
    <div class="settings__codes">
      <h3>{a('backupTitle')}</h3>
      <p>{a('backupText')}</p>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <ButtonLink look="outline" small href={file} download="engawa-backup-codes.txt">
        {a('download')}
      </ButtonLink>
    </div>
  );
}
