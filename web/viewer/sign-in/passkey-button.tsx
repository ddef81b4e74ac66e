import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { signInByPasskey } from '../account/passkey.ts';
import { useAccountWords } from '../account/words.ts';

/** Only where the browser knows passkeys. */
export function PasskeyButton({ next }: { next: string }) {
  const a = useAccountWords();
  const [known, setKnown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<{ title: string; text: string } | null>(null);
  useEffect(() => setKnown('PublicKeyCredential' in globalThis), []);
  if (!known) return null;
  const signIn = async () => {
    setBusy(true);
    const answer = await signInByPasskey();
    if (answer !== 'unused' && answer.ok) return location.replace(next);
    const problem = answer === 'unused' ? null : answer.problem;
    setTrouble({
      title: problem?.title ?? a('passkeyFailed'),
      text: problem?.detail ?? a('passkeyFailedText'),
    });
    setBusy(false);
  };
  return (
    <>
      {trouble && (
        <Notice tone="danger" title={trouble.title}>
          {trouble.text}
        </Notice>
      )}
      <Button look="outline" disabled={busy} onClick={() => void signIn()}>
        {a('byPasskey')}
      </Button>
    </>
  );
}
