import { useState } from 'preact/hooks';
import type { Security } from '../../../schema/api/accounts.ts';
import type { Closing, Consents } from '../../../schema/api/me.ts';
import type { LiveStreams } from '../../../schema/api/playback.ts';
import { answer } from '../../api.ts';
import { to } from '../../paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { moment } from '../account/moment.ts';
import { Part, useAct } from '../account/part.tsx';
import { useAccountWords } from '../account/words.ts';
import { Display } from '../site/display.tsx';
import { Address } from './address.tsx';
import { Devices, Streams } from './devices.tsx';
import { Passkeys } from './passkeys.tsx';
import { Password } from './password.tsx';
import { Privacy } from './privacy.tsx';
import { SecondFactor } from './second-factor.tsx';

export type SettingsData = {
  security: Security;
  closing: Closing;
  consents: Consents;
  streams: LiveStreams;
};

const addresses = {
  security: '/api/me/security',
  closing: '/api/me/closing',
  consents: '/api/me/consents',
  streams: '/api/me/streams',
} as const satisfies Record<keyof SettingsData, `/api/${string}`>;

/** Everything about one's own account. */
export default function Settings({ data: first }: { data: SettingsData }) {
  const here = useHere();
  const a = useAccountWords();
  const [data, setData] = useState(first);
  const again = async (key: keyof SettingsData) => {
    const fresh = await answer<SettingsData[typeof key]>(() => fetch(addresses[key]));
    if (fresh.ok) setData((old) => ({ ...old, [key]: fresh.value }));
  };
  const { security, closing } = data;
  const keep = useAct(() => void again('closing'));
  return (
    <div class="settings">
      <h1>{a('settingsTitle')}</h1>
      <noscript>
        <p class="notice notice--warning">{here.t('form.needsScript')}</p>
      </noscript>
      {closing.closesAt !== null && (
        <Notice tone="warning" title={a('closing', { moment: moment(here, closing.closesAt) })}>
          <p>{closing.reason ? a('closedByAdmin', { reason: closing.reason }) : a('closingText')}</p>
          {closing.mayKeep && (
            <Button look="primary" disabled={keep.busy} onClick={() => void keep.act('/api/me/keep')}>
              {a('keep')}
            </Button>
          )}
        </Notice>
      )}
      <div class="settings__ways">
        <ButtonLink look="outline" small href={to('profiles')}>
          {a('profilesLink')}
        </ButtonLink>
        <ButtonLink look="outline" small href={to('billing')}>
          {here.words('menu')('billing')}
        </ButtonLink>
      </div>
      <Part id="display" title={a('displayTitle')}>
        <Display />
      </Part>
      <Address security={security} changed={() => void again('security')} />
      <Password security={security} changed={() => void again('security')} />
      <Passkeys security={security} changed={() => void again('security')} />
      <SecondFactor security={security} changed={() => void again('security')} />
      <Devices devices={security.devices} changed={() => void again('security')} />
      <Streams streams={data.streams.items} changed={() => void again('streams')} />
      <Privacy
        consents={data.consents}
        hasPassword={security.hasPassword}
        changed={() => void again('consents')}
      />
    </div>
  );
}
