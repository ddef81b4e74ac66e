import type { Device } from '../../../schema/api/accounts.ts';
import type { LiveStream } from '../../../schema/problem.ts';
import { to } from '../../paths.ts';
import { Button } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';
import { TroubleNotice } from '../account/account.tsx';
import { moment } from '../account/moment.ts';
import { Part, useAct } from '../account/part.tsx';
import { useAccountWords, type AccountWords } from '../account/words.ts';

const named = (a: AccountWords, { browser, os }: Device): string => {
  if (browser && os) return a('browserOn', { browser, os });
  return browser ?? os ?? a('unknownDevice');
};

/** Where one is signed in. */
export function Devices({ devices, changed }: { devices: readonly Device[]; changed: () => void }) {
  const here = useHere();
  const a = useAccountWords();
  const one = useAct(changed);
  const all = useAct(() => location.assign(to('sign-in')));
  const trouble = one.trouble ?? all.trouble;
  return (
    <Part id="devices" title={a('devicesTitle')}>
      {trouble && <TroubleNotice trouble={trouble} />}
      <ul class="settings__list">
        {devices.map((device) => (
          <li key={device.id}>
            <span>
              <strong>{named(a, device)}</strong>
              <span class="settings__soft">
                {[
                  device.current
                    ? a('thisDevice')
                    : a('lastSeen', { moment: moment(here, device.lastSeenAt) }),
                  [device.city, device.country].filter(Boolean).join(', '),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {!device.current && (
              <Button
                look="outline"
                small
                disabled={one.busy}
                aria-label={`${a('signOut')}: ${named(a, device)}`}
                onClick={() => void one.act(`/api/me/devices/${device.id}`, 'DELETE')}
              >
                {a('signOut')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button look="danger" disabled={all.busy} onClick={() => void all.act('/api/me/devices', 'DELETE')}>
        {a('signOutAll')}
      </Button>
    </Part>
  );
}

/** What plays now on the account, and the way to end it. */
export function Streams({ streams, changed }: { streams: readonly LiveStream[]; changed: () => void }) {
  const a = useAccountWords();
  const { act, busy, trouble } = useAct(changed);
  return (
    <Part id="streams" title={a('streamsTitle')}>
      {trouble && <TroubleNotice trouble={trouble} />}
      {streams.length === 0 ? (
        <p>{a('noStreams')}</p>
      ) : (
        <ul class="settings__list">
          {streams.map(({ sessionId, title, device }) => (
            <li key={sessionId}>
              <span>{a('streamOn', { title, device })}</span>
              <Button
                look="outline"
                small
                disabled={busy}
                aria-label={`${a('end')}: ${title}`}
                onClick={() => void act(`/api/me/streams/${sessionId}`, 'DELETE')}
              >
                {a('end')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}
