import type { Profile } from '../../../schema/api/me.ts';
import { ageRatings } from '../../../schema/catalog-terms.ts';
import { avatars, defaultPreferences } from '../../../schema/profile-terms.ts';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useAccountWords } from '../account/words.ts';
import { LanguageOrder } from './language-order.tsx';

type Problems = Record<string, string>;

/**
 * Who a profile is for, and what it likes to see and hear. The fields have what they begin with as defaults: `value` would be put back
 * into them whenever the form is drawn again, over what was typed.
 */
export function ProfileFields({ profile, problems }: { profile: Profile | null; problems: Problems }) {
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
        defaultValue={profile?.name ?? ''}
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
              defaultChecked={profile ? profile.avatar === avatar : i === 0}
              aria-label={a('avatarOf', { name: a(`avatar.${avatar}`) })}
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
      <Preferences given={profile?.preferences ?? defaultPreferences} />
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

/** What is chosen for the viewer on every device: sub or dub, languages in order, and whether what was not watched is hidden. */
function Preferences({ given }: { given: Profile['preferences'] }) {
  const a = useAccountWords();
  return (
    <>
      <FieldFrame label={a('prefer')}>
        {(tied) => (
          <select name="prefer" {...tied}>
            {(['sub', 'dub'] as const).map((prefer) => (
              <option key={prefer} value={prefer} selected={prefer === given.prefer}>
                {a(prefer)}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      <LanguageOrder name="audio" label={a('audioLanguages')} chosen={given.audio} />
      <LanguageOrder name="subtitles" label={a('subtitleLanguages')} chosen={given.subtitles} />
      <label class="settings__tick">
        <input type="checkbox" name="shield" value="yes" defaultChecked={given.shield ?? false} />
        <span>
          {a('shield')}
          <span class="settings__soft">{a('shieldHint')}</span>
        </span>
      </label>
    </>
  );
}
