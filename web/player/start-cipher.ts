/** AES-128-CBC of a segment (RFC 8216bis §4.4.4.4), opened piece by piece as it arrives. */
export type Opener = {
  /** What can be read by now of what has come; may be empty. */
  push(piece: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  /** The rest. @throws where it was not encrypted with this key, or is cut off */
  end(): Promise<Uint8Array<ArrayBuffer>>;
};

const BLOCK = 16;

/** @param key the 16 bytes of its period; @param iv 16 bytes */
export async function opener(key: Uint8Array<ArrayBuffer>, iv: Uint8Array<ArrayBuffer>): Promise<Opener> {
  const aes = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt', 'decrypt']);
  let before = iv; // in CBC each block is opened with the one before it
  let kept = new Uint8Array(0);
  const open = async (blocks: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv: before }, aes, blocks));
  return {
    async push(piece) {
      const all = joined(kept, piece);
      const whole = Math.floor((all.length - 1) / BLOCK) * BLOCK; // the last block of all has the padding: it waits for the end
      kept = all.slice(Math.max(0, whole));
      if (whole <= 0) return new Uint8Array(0);
      const last = all.slice(whole - BLOCK, whole);
      // WebCrypto wants padding at each end (PKCS #7). Nothing, encrypted behind the last block, is a block of padding.
      const padding = await crypto.subtle.encrypt({ name: 'AES-CBC', iv: last }, aes, new Uint8Array(0));
      const plain = await open(joined(all.subarray(0, whole), new Uint8Array(padding)));
      before = last;
      return plain;
    },
    end: () => open(kept),
  };
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
