import { useState } from 'preact/hooks';
import type { AuditState } from '../../../schema/api/audit.ts';
import type { LogVerdict } from '../../../schema/audit-log.ts';
import type { Answer } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { answer } from '../../api.ts';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { FailureNotice, Shown } from '../parts.tsx';
import { provedAgain } from '../step-up.ts';
import { log } from './calls.ts';
import { useSay } from './words.ts';

const EXPORT = '/api/admin/audit/export';

/** The export as it comes in; it takes a recent sign-in, which is asked for. */
async function opened(): Promise<Answer<Response>> {
  const once = async (): Promise<Answer<Response>> => {
    const got: { response?: Response } = {};
    const said = await answer<unknown>(async () => {
      const response = await fetch(EXPORT);
      got.response = response;
      return { ok: response.ok, text: async () => (response.ok ? '' : response.text()) };
    });
    return said.ok && got.response ? { ok: true, value: got.response } : (said as Failure);
  };
  const first = await once();
  const refused = !first.ok && first.problem?.code === 'step-up-required';
  return refused && (await provedAgain()) ? once() : first;
}

/** How far the log is sealed and signed, and whether it holds; what can be taken away of it. */
export function Chain() {
  const say = useSay();
  const state = useFresh('audit state', log.state, ({ last, sealed }) => last?.seq !== sealed?.seq);
  const [busy, setBusy] = useState(false);
  const [verdict, setVerdict] = useState<LogVerdict | null>(null);
  const [failure, setFailure] = useState<Failure | 'broken off' | null>(null);
  const begin = async (then: (response: Response) => Promise<unknown>) => {
    setBusy(true);
    setFailure(null);
    void state.refresh();
    const got = await opened();
    try {
      if (got.ok) await then(got.value);
      else setFailure(got);
    } catch {
      setFailure('broken off');
    }
    setBusy(false);
  };
  const verify = async (response: Response) => {
    setVerdict(null);
    const { checkLog } = await import('./check.ts');
    if (response.body) setVerdict(await checkLog(response.body));
  };
  // The browser saves it as it comes in: a log of any length fits on a disk, not in a tab.
  const save = async (response: Response) => {
    await response.body?.cancel();
    const link = Object.assign(document.createElement('a'), { href: EXPORT, download: '' });
    link.click();
  };
  return (
    <details class="panel chain">
      <summary>{say('chain.title')}</summary>
      <Shown of={state}>{(value) => <Ends state={value} />}</Shown>
      <div class="panel__do">
        <Button small look="outline" disabled={busy} onClick={() => void begin(verify)}>
          {busy ? say('chain.verifying') : say('chain.verify')}
        </Button>
        <Button small look="outline" disabled={busy} onClick={() => void begin(save)}>
          {say('chain.export')}
        </Button>
      </div>
      <p class="faint small">{say('chain.how')}</p>
      {failure === 'broken off' && <Notice tone="danger" title={say('chain.unreadable')} />}
      {failure && failure !== 'broken off' && <FailureNotice failure={failure} />}
      <output>{verdict && <Found verdict={verdict} />}</output>
    </details>
  );
}

function Ends({ state: { last, sealed, anchored } }: { state: AuditState }) {
  const { format } = useDesk();
  const say = useSay();
  if (!last) return <p>{say('chain.nothing')}</p>;
  const when = (at: number | null) => (at === null ? '' : format.dateTime(at));
  const waiting = last.seq - (sealed?.seq ?? 0);
  return (
    <ul class="notes">
      {sealed && <li>{say('chain.sealed', { seq: sealed.seq, when: when(sealed.at) })}</li>}
      {waiting > 0 && <li>{say('chain.waiting', { count: waiting })}</li>}
      <li>
        {anchored
          ? say('chain.anchored', { seq: anchored.seq, when: when(anchored.at) })
          : say('chain.notAnchored')}
      </li>
    </ul>
  );
}

function Found({ verdict: { fault, forged, seq, at, anchors } }: { verdict: LogVerdict }) {
  const { format } = useDesk();
  const say = useSay();
  if (!fault && forged.length === 0)
    return (
      <Notice>
        <p>
          {at === null
            ? say('chain.holdsNothing')
            : say('chain.holds', { seq, when: format.dateTime(at), count: anchors })}
        </p>
      </Notice>
    );
  return (
    <Notice tone="danger" title={say('chain.broken')}>
      {fault && (
        <p>
          {say(fault.what === 'cut off' ? 'fault.cut' : `fault.${fault.what}`, { seq: fault.seq })}{' '}
          {say('chain.holdsTo', { seq })}
        </p>
      )}
      {forged.map((object) => (
        <p key={object}>{say('fault.forged', { object })}</p>
      ))}
    </Notice>
  );
}
