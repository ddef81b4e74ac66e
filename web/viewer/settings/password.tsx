import { useState } from 'preact/hooks';
import type { Security } from '../../../schema/api/accounts.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { NewPasswordField, PasswordNowField } from '../account/fields.tsx';
import { filled, Part, PartForm } from '../account/part.tsx';
import { useAccountWords } from '../account/words.ts';

export function Password({ security, changed }: { security: Security; changed: () => void }) {
  const a = useAccountWords();
  const [step, setStep] = useState<'open' | 'done' | null>(null);
  return (
    <Part id="password" title={a('passwordTitle')}>
      {step === 'done' && <Notice tone="good">{a('passwordChanged')}</Notice>}
      {step === 'open' ? (
        <PartForm
          action="/api/me/password"
          method="PUT"
          body={filled}
          submit={a('setPassword')}
          done={() => {
            setStep('done');
            changed();
          }}
          cancel={() => setStep(null)}
        >
          {(problems) => (
            <>
              {security.hasPassword && <PasswordNowField problem={problems['password']} />}
              <NewPasswordField name="newPassword" problem={problems['newPassword']} />
            </>
          )}
        </PartForm>
      ) : (
        <Button look="outline" onClick={() => setStep('open')}>
          {security.hasPassword ? a('changePassword') : a('setPassword')}
        </Button>
      )}
    </Part>
  );
}
