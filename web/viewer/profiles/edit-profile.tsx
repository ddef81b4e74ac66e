import { useState } from 'preact/hooks';
import type { Profile } from '../../../schema/api/me.ts';
import { defaultPreferences } from '../../../schema/profile-terms.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PartForm } from '../account/part.tsx';
import { useAccountWords } from '../account/words.ts';
import { ProfileFields } from './profile-fields.tsx';

type Fields = Record<string, string>;

/** What the API takes, of the fields as they stand. An empty PIN is none for a new profile, and the old one for another. */
function change(fields: Fields, profile: Profile | null) {
  const { name, avatar, ageCeiling, prefer, pin, noPin, currentPin, password } = fields;
  const list = (field: string) => (fields[field] ?? '').split(',').filter(Boolean);
  const preferences = {
    ...(profile?.preferences ?? defaultPreferences),
    prefer,
    audio: list('audio'),
    subtitles: list('subtitles'),
    shield: fields['shield'] === 'yes',
  };
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
      <h1 tabIndex={-1}>{profile ? a('edit', { name: profile.name }) : a('newProfile')}</h1>
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
