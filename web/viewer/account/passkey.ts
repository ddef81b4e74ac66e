import type { Answer } from '../../api.ts';
import { api } from '../../api.ts';

type Options = Parameters<typeof import('@simplewebauthn/browser').startAuthentication>[0]['optionsJSON'];
type NewOptions = Parameters<typeof import('@simplewebauthn/browser').startRegistration>[0]['optionsJSON'];

/** `unused`: the browser gave no passkey: cancelled, none there, or not known to it. */
export type PasskeyAnswer<T> = Answer<T> | 'unused';

/** Signs in by whatever passkey the visitor picks. The library is loaded when it is wanted. */
export async function signInByPasskey(): Promise<PasskeyAnswer<unknown>> {
  const [options, { startAuthentication }] = await Promise.all([
    api.post<Options>('/api/auth/sign-in/passkey/options', {}),
    import('@simplewebauthn/browser'),
  ]);
  if (!options.ok) return options;
  const response = await startAuthentication({ optionsJSON: options.value }).catch(() => null);
  return response ? api.post('/api/auth/sign-in/passkey', { response }) : 'unused';
}

/** Makes a passkey on this device, and keeps its public key with the account. */
export async function addPasskey(
  name: string,
  password: string | undefined,
): Promise<PasskeyAnswer<unknown>> {
  const [options, { startRegistration }] = await Promise.all([
    api.post<NewOptions>('/api/me/passkeys/options', { password }),
    import('@simplewebauthn/browser'),
  ]);
  if (!options.ok) return options;
  const response = await startRegistration({ optionsJSON: options.value }).catch(() => null);
  return response ? api.post('/api/me/passkeys', { name, response }) : 'unused';
}
