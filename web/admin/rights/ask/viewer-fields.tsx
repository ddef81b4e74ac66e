import { ageRatings } from '../../../../schema/catalog-terms.ts';
import { countryCodes } from '../../../../schema/countries.ts';
import { FieldFrame } from '../../../ui/field.tsx';
import { useDesk } from '../../desk.ts';
import { useFresh } from '../../fresh-hook.ts';
import { plans as planCalls } from '../calls.ts';
import { useRoom } from '../room/words.ts';
import { useSay } from '../words.ts';

export type Params = Readonly<Record<string, string>>;
/** Sets some parameters; empty: takes them away. */
export type Change = (changes: Params) => void;

/** A viewer who is made up. `suffix`: of the names of their parameters, where there are two. */
export function ViewerFields({
  params,
  change,
  suffix = '',
  withCountry = true,
  withPlan = true,
}: {
  params: Params;
  change: Change;
  suffix?: string;
  withCountry?: boolean;
  withPlan?: boolean;
}) {
  const { format } = useDesk();
  const say = useSay();
  const room = useRoom();
  const plans = useFresh('plans', planCalls.list);
  const tied = (name: string, otherwise = '') => ({
    name: name + suffix,
    value: params[name + suffix] ?? otherwise,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      change({ [name + suffix]: currentTarget.value }),
  });
  const countries = countryCodes
    .map((code) => ({ code, name: format.country(code) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <div class="form__grid form__grid--small">
      {withCountry && (
        <FieldFrame label={say('licences.countries')}>
          {(id) => (
            <select {...id} {...tied('country')}>
              <option value="">{say('decision.unknownCountry')}</option>
              {countries.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
      )}
      {withPlan && (
        <FieldFrame label={say('decision.plan')}>
          {(id) => (
            <select {...id} {...tied('plan')}>
              <option value="">{say('decision.noPlan')}</option>
              {plans.value?.items.map((plan) => (
                <option key={plan.id} value={plan.id}>
                  {plan.name}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
      )}
      <FieldFrame label={say('decision.age')}>
        {(id) => (
          <select {...id} {...tied('age', '18')}>
            {ageRatings.map((age) => (
              <option key={age}>{age}</option>
            ))}
          </select>
        )}
      </FieldFrame>
      {withCountry && (
        <label class="tick">
          <input
            type="checkbox"
            name={`signedOut${suffix}`}
            checked={params[`signedOut${suffix}`] === 'yes'}
            onChange={({ currentTarget: { checked } }) =>
              change({ [`signedOut${suffix}`]: checked ? 'yes' : '' })
            }
          />
          <span>{room('ask.signedOut')}</span>
        </label>
      )}
    </div>
  );
}
