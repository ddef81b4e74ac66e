import { useEffect, useRef, useState } from 'preact/hooks';
import type { Profile } from '../../../schema/api/me.ts';
import { MAX_PROFILES } from '../../../schema/profile-terms.ts';
import { answer } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useHere } from '../../visit.ts';
import { filled, PartForm } from '../account/part.tsx';
import { useAccountWords } from '../account/words.ts';
import { EditProfile } from './edit-profile.tsx';

/** `next`: where to go once somebody has said who is watching. */
export type ProfilesData = { items: Profile[]; next: string };

/** Who of the household watches. */
export default function Profiles({ data }: { data: ProfilesData }) {
  const { t } = useHere();
  const page = useRef<HTMLDivElement>(null);
  const a = useAccountWords();
  const [items, setItems] = useState(data.items);
  const [managing, setManaging] = useState(false);
  const [open, setOpen] = useState<Profile | 'new' | null>(null);
  const [asking, setAsking] = useState<Profile | null>(null);
  const again = async () => {
    setOpen(null);
    const fresh = await answer<{ items: Profile[] }>(() => fetch('/api/me/profiles'));
    if (fresh.ok) setItems(fresh.value.items);
  };
  // What was pressed is gone with its part of the page: the focus goes to the heading of the one that stands there now.
  const shown = open ? 'edit' : asking ? 'enter' : 'choose';
  const before = useRef(shown);
  useEffect(() => {
    if (before.current !== shown) page.current?.querySelector('h1')?.focus();
    before.current = shown;
  }, [shown]);
  if (open)
    return (
      <div class="settings" ref={page}>
        <EditProfile
          profile={open === 'new' ? null : open}
          last={items.length === 1}
          close={() => void again()}
        />
      </div>
    );
  if (asking)
    return (
      <div class="settings" ref={page}>
        <h1 tabIndex={-1}>{asking.name}</h1>
        <Enter profile={asking} next={data.next} cancel={() => setAsking(null)} />
      </div>
    );
  return (
    <div class="settings profiles" ref={page}>
      <h1 tabIndex={-1}>{a('profilesTitle')}</h1>
      <ul class="profiles__list">
        {items.map((profile) => (
          <li key={profile.id}>
            <Face
              profile={profile}
              label={a(managing ? 'edit' : 'enter', { name: profile.name })}
              choose={() => (managing ? setOpen(profile) : setAsking(profile))}
            />
            <span class="settings__soft">
              {profile.current ? a('current') : profile.locked ? a('locked') : ' '}
            </span>
          </li>
        ))}
      </ul>
      <div class="settings__ways">
        {items.length < MAX_PROFILES && (
          <Button look="outline" onClick={() => setOpen('new')}>
            {a('newProfile')}
          </Button>
        )}
        <Button look="plain" onClick={() => setManaging(!managing)}>
          {managing ? a('done') : a('manage')}
        </Button>
      </div>
      <noscript>
        <p class="notice notice--warning">{t('form.needsScript')}</p>
      </noscript>
    </div>
  );
}

const Face = ({ profile, label, choose }: { profile: Profile; label: string; choose: () => void }) => (
  <button type="button" class="profiles__face" aria-label={label} onClick={choose}>
    <img src={`/avatars/${profile.avatar}.svg`} alt="" width="112" height="112" />
    <span>{profile.name}</span>
  </button>
);

/** Asks for the PIN where there is one, and goes in. */
function Enter({ profile, next, cancel }: { profile: Profile; next: string; cancel: () => void }) {
  const a = useAccountWords();
  return (
    <PartForm
      action={`/api/me/profiles/${profile.id}/enter`}
      body={filled}
      submit={a('enter', { name: profile.name })}
      done={() => {
        location.assign(next);
        return 'leaving';
      }}
      cancel={cancel}
    >
      {(problems) =>
        profile.locked && (
          <Field
            label={a('pinFor', { name: profile.name })}
            hint={a('pinHint')}
            name="pin"
            type="password"
            inputMode="numeric"
            autocomplete="off"
            maxLength={4}
            required
            problem={problems['pin']}
          />
        )
      }
    </PartForm>
  );
}
