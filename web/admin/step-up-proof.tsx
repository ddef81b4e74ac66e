import { useEffect, useRef, useState } from 'preact/hooks';
import type { StepUp, StepUpOffer } from '../../schema/api/accounts.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { api, ask } from './calls.ts';
import { useDesk } from './desk.ts';
import type { Failure } from './fresh-hook.ts';
import { useSay } from './step-up-words.ts';

type Way = StepUpOffer['ways'][number];
type PasskeyOptions = Parameters<
  typeof import('@simplewebauthn/browser').startAuthentication
>[0]['optionsJSON'];

const show = (json: StepUp) => ask(() => api.auth['step-up'].$post({ json }));

/** Null: the browser gave no passkey: cancelled, or none of this account's is there. */
async function byPasskey() {
  const [options, { startAuthentication }] = await Promise.all([
    ask(() => api.auth['step-up'].passkey.options.$post()),
    import('@simplewebauthn/browser'),
  ]);
  if (!options.ok) return options;
  const given = await startAuthentication({ optionsJSON: options.value as PasskeyOptions }).catch(() => null);
  if (!given) return null;
  const { response, clientExtensionResults, ...rest } = given;
  const plain = { response: { ...response }, clientExtensionResults: { ...clientExtensionResults } };
  return show({ by: 'passkey', response: { ...rest, ...plain } });
}

/** One way to show it. */
export function StepUpProof({
  way,
  onProved,
  onCancel,
}: {
  way: Way;
  onProved: () => void;
  onCancel: () => void;
}) {
  const { t, visit } = useDesk();
  const say = useSay();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(0);
  const [failure, setFailure] = useState<Failure | 'no-passkey' | null>(null);
  const field = useRef<HTMLFormElement>(null);

  // The dialog stood open before there was anything in it to begin with.
  useEffect(() => field.current?.querySelector<HTMLElement>('input, [type="submit"]')?.focus(), [sent]);
  const settle = (answer: Awaited<ReturnType<typeof show>>) => {
    setBusy(false);
    if (answer.ok) return onProved();
    setFailure(answer);
    field.current?.querySelector('input')?.select();
  };
  const prove = async () => {
    setBusy(true);
    setFailure(null);
    if (way === 'password') return settle(await show({ by: way, password: typed }));
    if (way !== 'passkey') return settle(await show({ by: way, code: typed }));
    const answer = await byPasskey();
    if (answer) return settle(answer);
    setBusy(false);
    setFailure('no-passkey');
  };
  const mail = async () => {
    setBusy(true);
    const answer = await ask(() => api.auth['step-up'].code.$post());
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) setSent(sent + 1);
  };
  const typing = way === 'password' || way === 'app' || (way === 'mail' && sent > 0);
  return (
    <form
      ref={field}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void prove();
      }}
    >
      {failure === 'no-passkey' ? (
        <Notice tone="danger">{say('stepUp.passkeyFailed')}</Notice>
      ) : (
        failure && (
          <Notice tone="danger" title={failure.problem?.title ?? t('desk.offline')}>
            {failure.problem?.detail ?? (failure.problem ? null : t('desk.offlineText'))}
          </Notice>
        )
      )}
      {way === 'mail' && (
        <p>
          {sent > 0 ? say('stepUp.mailSent') : say('stepUp.mailText', { email: visit.me?.email ?? '' })}{' '}
          <Button small look="plain" disabled={busy} onClick={() => void mail()}>
            {say(sent > 0 ? 'stepUp.sendAgain' : 'stepUp.send')}
          </Button>
        </p>
      )}
      {typing && (
        <Field
          key={sent}
          label={say(`stepUp.${way}`)}
          {...(way === 'password'
            ? { type: 'password', autocomplete: 'current-password' }
            : { inputMode: 'numeric', autocomplete: 'one-time-code', hint: say('stepUp.codeHint') })}
          name={way}
          required
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      <div class="confirm__do">
        <Button look="outline" onClick={onCancel}>
          {t('desk.cancel')}
        </Button>
        {(typing || way === 'passkey') && (
          <Button type="submit" look="primary" disabled={busy || (typing && typed.trim() === '')}>
            {say(way === 'passkey' ? 'stepUp.usePasskey' : 'stepUp.go')}
          </Button>
        )}
      </div>
    </form>
  );
}
