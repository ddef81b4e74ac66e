import { useState } from 'preact/hooks';
import type { Profile } from '../../../schema/api/me.ts';
import { ageRatings } from '../../../schema/catalog-terms.ts';
import { avatars, defaultPreferences } from '../../../schema/profile-terms.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PartForm } from '../account/part.tsx';
import { useAccountWords } from '../account/words.ts';

type Fields = Record<string, string>;

/** What the API takes, of the fields as they stand. An empty PIN is none for a new profile, and the old one for another. */
function change(fields: Fields, profile: Profile | null) {
  const { name, avatar, ageCeiling, prefer, pin, noPin, currentPin, password } = fields;
  const preferences = { ...(profile?.preferences ?? defaultPreferences), prefer };
  const newPin = pin ? { pin } : noPin ? { pin: null } : {};
  return { name, avatar, ageCeiling, preferences, ...newPin, ...proof({ currentPin, password }) };
}
const proof = ({
  currentPin,
  password,
}: {
  currentPin?: string | undefined;
  password?: string | undefined;
}) => ({
  ...(currentPin ? { currentPin } : {}),
  ...(password ? { password } : {}),
});

export function EditProfile({
  profile,
  last,
  close,
}: {
  profile: Profile | null;
  /** The last one cannot be deleted. */
  last: boolean;
  close: () => void;
}) {
  const a = useAccountWords();
  const [wanted, setWanted] = useState(false); // a grown-up's word
  const [deleting, setDeleting] = useState(false);
  const refused = ({ code }: ProblemDocument) => {
    if (code !== 'proof-required') return false;
    setWanted(true);
    return true;
  };
  const action = profile ? (`/api/me/profiles/${profile.id}` as const) : ('/api/me/profiles' as const);
  return (
    <>
      <h1>{profile ? a('edit', { name: profile.name }) : a('newProfile')}</h1>
      <PartForm
        action={action}
        method={deleting ? 'DELETE' : profile ? 'PATCH' : 'POST'}
        body={(fields) => (deleting ? proof(fields) : change(fields, profile))}
        submit={a(deleting ? 'deleteProfile' : 'save')}
        look={deleting ? 'danger' : 'primary'}
        refused={refused}
        done={close}
        cancel={close}
      >
        {(problems) => (
          <>
            {deleting ? (
              <Notice tone="warning" title={a('deleteProfile')}>
                {a('deleteProfileText')}
              </Notice>
            ) : (
              <ProfileFields profile={profile} problems={problems} />
            )}
            {wanted && <Proof problems={problems} />}
          </>
        )}
      </PartForm>
      {profile && !last && !deleting && (
        <p>
          <Button look="danger" onClick={() => setDeleting(true)}>
            {a('deleteProfile')}
          </Button>
        </p>
      )}
    </>
  );
}

function ProfileFields({ profile, problems }: { profile: Profile | null; problems: Fields }) {
  const a = useAccountWords();
  const ages = { all: a('ageAll'), '18': a('ageAny') } as Record<string, string>;
  return (
    <>
      <Field
        label={a('name')}
        name="name"
        maxLength={40}
        autocomplete="off"
        required
        value={profile?.name ?? ''}
        problem={problems['name']}
      />
      <fieldset class="profiles__avatars">
        <legend>{a('avatar')}</legend>
        {avatars.map((avatar, i) => (
          <label key={avatar}>
            <input
              type="radio"
              name="avatar"
              value={avatar}
              checked={profile ? profile.avatar === avatar : i === 0}
              aria-label={a('avatarOf', { name: avatar })}
            />
            <img src={`/avatars/${avatar}.svg`} alt="" width="56" height="56" />
          </label>
        ))}
      </fieldset>
      <FieldFrame label={a('ageCeiling')} problem={problems['ageCeiling']}>
        {(tied) => (
          <select name="ageCeiling" {...tied}>
            {ageRatings.map((rating) => (
              <option key={rating} value={rating} selected={rating === (profile?.ageCeiling ?? '18')}>
                {ages[rating] ?? a('age', { age: rating })}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      <FieldFrame label={a('prefer')}>
        {(tied) => (
          <select name="prefer" {...tied}>
            {(['sub', 'dub'] as const).map((prefer) => (
              <option
                key={prefer}
                value={prefer}
                selected={prefer === (profile?.preferences.prefer ?? 'sub')}
              >
                {a(prefer)}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      <Field
        label={a('newPin')}
        hint={a(profile?.locked ? 'keepPin' : 'newPinHint')}
        name="pin"
        inputMode="numeric"
        autocomplete="off"
        maxLength={4}
        problem={problems['pin']}
      />
      {profile?.locked && (
        <label class="settings__tick">
          <input type="checkbox" name="noPin" value="yes" />
          {a('noPin')}
        </label>
      )}
    </>
  );
}

function Proof({ problems }: { problems: Fields }) {
  const a = useAccountWords();
  return (
    <>
      <Notice tone="warning" title={a('proofTitle')}>
        {a('proofText')}
      </Notice>
      <Field
        label={a('proofPin')}
        name="currentPin"
        type="password"
        inputMode="numeric"
        autocomplete="off"
        maxLength={4}
        problem={problems['currentPin']}
      />
      <Field
        label={a('password')}
        name="password"
        type="password"
        autocomplete="current-password"
        problem={problems['password']}
      />
    </>
  );
}
