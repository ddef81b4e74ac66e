import { base64url } from 'jose';

type Options = { challenge: string; [key: string]: unknown };
/** How this authenticator misbehaves, where a test wants it to. */
export type Quirks = {
  origin?: string;
  rpId?: string;
  challenge?: string;
  /** User present 1, user verified 4 (W3C WebAuthn Level 3 §6.1). */
  flags?: number;
  counter?: number;
  type?: string;
  /** Signs with the key of another. */
  signAs?: Authenticator;
};

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const PRESENT_AND_VERIFIED = 0x05;
const KEY_INSIDE = 0x40;

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(new TextEncoder().encode(text));
const joined = (...parts: (Uint8Array | number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const u16 = (n: number) => [n >> 8, n & 0xff];
const u32 = (n: number) => [...u16(n >>> 16), ...u16(n & 0xffff)];
const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** CBOR, as little of it as there is in what authenticators send (RFC 8949 §3). */
const cborText = (text: string) => joined([0x60 + text.length], bytesOf(text));
const cborBytes = (bytes: Uint8Array) => joined([0x59, ...u16(bytes.length)], bytes);

/** The integers of a raw signature as DER has them (RFC 3279 §2.2.3): without leading zeros, never negative. */
function der(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const integer = (half: Uint8Array) => {
    const first = half.findIndex((byte) => byte !== 0);
    const digits = half.subarray(first);
    const whole = digits[0]! > 0x7f ? joined([0], digits) : digits;
    return joined([0x02, whole.length], whole);
  };
  const body = joined(integer(raw.subarray(0, 32)), integer(raw.subarray(32)));
  return joined([0x30, body.length], body);
}

/** A passkey in software, as a browser and its authenticator answer together: discoverable, ES256, without attestation. */
export class Authenticator {
  readonly id = base64url.encode(crypto.getRandomValues(new Uint8Array(16)));
  #keys: Promise<CryptoKeyPair> = crypto.subtle.generateKey(ES256, true, [
    'sign',
    'verify',
  ]) as Promise<CryptoKeyPair>;

  async create({ challenge }: Options, quirks: Quirks = {}) {
    const { x, y } = (await crypto.subtle.exportKey('jwk', (await this.#keys).publicKey)) as JsonWebKey;
    // COSE_Key: kty EC2, alg ES256, crv P-256, x, y (RFC 9052 §7, RFC 9053 §7.1).
    const head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01];
    const key = joined(head, [0x21, 0x58, 32], base64url.decode(x!), [0x22, 0x58, 32], base64url.decode(y!));
    const id = base64url.decode(this.id);
    const data = joined(await this.#data(quirks, KEY_INSIDE), new Uint8Array(16), u16(id.length), id, key);
    const attestation = joined(
      [0xa3],
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      [0xa0],
      cborText('authData'),
      cborBytes(data),
    );
    return this.#answer({
      clientDataJSON: base64url.encode(clientData('webauthn.create', challenge, quirks)),
      attestationObject: base64url.encode(attestation),
      authenticatorData: base64url.encode(data),
      transports: ['internal', 'hybrid'],
      publicKeyAlgorithm: -7,
      publicKey: base64url.encode(
        new Uint8Array((await crypto.subtle.exportKey('spki', (await this.#keys).publicKey)) as ArrayBuffer),
      ),
    });
  }

  async get({ challenge }: Options, quirks: Quirks = {}) {
    const data = await this.#data(quirks, 0);
    const client = clientData('webauthn.get', challenge, quirks);
    const signed = joined(data, await sha256(client));
    const { privateKey } = await (quirks.signAs ?? this).#keys;
    const raw = new Uint8Array(await crypto.subtle.sign(ES256, privateKey, signed));
    return this.#answer({
      clientDataJSON: base64url.encode(client),
      authenticatorData: base64url.encode(data),
      signature: base64url.encode(der(raw)),
    });
  }

  async #data({ rpId = 'engawa.test', flags = PRESENT_AND_VERIFIED, counter = 0 }: Quirks, more: number) {
    return joined(await sha256(bytesOf(rpId)), [flags | more], u32(counter));
  }
  #answer<R>(response: R) {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }
}

const clientData = (type: string, challenge: string, quirks: Quirks): Uint8Array<ArrayBuffer> =>
  bytesOf(
    JSON.stringify({
      type: quirks.type ?? type,
      challenge: quirks.challenge ?? challenge,
      origin: quirks.origin ?? 'https://engawa.test',
      crossOrigin: false,
    }),
  );
