import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransportFuture,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { isoBase64URL, isoUint8Array } from '@simplewebauthn/server/helpers';
import type { Actor } from '../http/context.ts';
import type { PasskeyRow } from './passkey-queries.ts';

/*
 * The two ceremonies of WebAuthn (W3C Level 3 §7). Passkeys are discoverable and verify their user (by face, finger or PIN), so that one
 * is enough: nobody types who they are, and a second factor would ask for what was just shown. Which device made one is not asked
 * (attestation `none`). Large: only passkey-routes.ts imports this, and does so dynamically.
 */

const relyingParty = (origin: string) => ({ rpID: new URL(origin).hostname, rpName: 'Engawa' });
/** True once, for a challenge that was given out a moment ago. */
type Take = (challenge: string) => Promise<boolean>;

export const registrationOptions = (
  origin: string,
  { userId, email, name }: Actor,
  existing: readonly Pick<PasskeyRow, 'id' | 'transports'>[],
) =>
  generateRegistrationOptions({
    ...relyingParty(origin),
    userID: isoUint8Array.fromUTF8String(userId),
    userName: email,
    userDisplayName: name,
    attestationType: 'none',
    excludeCredentials: existing.map(({ id, transports }) => ({ id, transports: known(transports) })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });

/** The key that was made, or null for an answer that is not what was asked for. */
export async function registered(
  origin: string,
  response: RegistrationResponseJSON,
  take: Take,
): Promise<Pick<PasskeyRow, 'id' | 'publicKey' | 'counter' | 'transports'> | null> {
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: take,
    expectedOrigin: origin,
    expectedRPID: relyingParty(origin).rpID,
    requireUserVerification: true,
  }).catch(() => null); // the library throws for what is malformed and for what does not match alike
  if (!verified?.verified) return null;
  const { id, publicKey, counter, transports } = verified.registrationInfo.credential;
  return { id, publicKey: isoBase64URL.fromBuffer(publicKey), counter, transports: transports ?? [] };
}

/** @param own the keys of whoever is signed in already: no other will do */
export const signInOptions = (origin: string, own: readonly Pick<PasskeyRow, 'id' | 'transports'>[] = []) =>
  generateAuthenticationOptions({
    rpID: relyingParty(origin).rpID,
    userVerification: 'required',
    allowCredentials: own.map(({ id, transports }) => ({ id, transports: known(transports) })),
  });

/**
 * Whether an answer was signed by this passkey: then its new signature counter.
 * @returns null also for a counter that went back, which is the sign of a copied key (§6.1.1); synced passkeys always say 0
 */
export async function authenticated(
  origin: string,
  response: AuthenticationResponseJSON,
  { id, publicKey, counter, transports }: PasskeyRow,
  take: Take,
): Promise<number | null> {
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: take,
    expectedOrigin: origin,
    expectedRPID: relyingParty(origin).rpID,
    credential: { id, publicKey: isoBase64URL.toBuffer(publicKey), counter, transports: known(transports) },
    requireUserVerification: true,
  }).catch(() => null);
  return verified?.verified ? verified.authenticationInfo.newCounter : null;
}

const TRANSPORTS: readonly string[] = [
  'ble',
  'cable',
  'hybrid',
  'internal',
  'nfc',
  'smart-card',
  'usb',
] satisfies AuthenticatorTransportFuture[];
const isTransport = (text: string): text is AuthenticatorTransportFuture => TRANSPORTS.includes(text);
const known = (transports: readonly string[]): AuthenticatorTransportFuture[] =>
  transports.filter(isTransport);
