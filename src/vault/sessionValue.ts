import * as v from 'valibot';
import type { Hex } from 'viem';
import { bytesToHex, hexToBytes } from 'viem/utils';
import { ivLength, keyLength, type Sealed, tagLength } from './aes';
import { secondsField } from './fields';
import type { SessionArea } from './vault';

/** Key of the one value that the vault keeps in the session area. */
export const sessionKey = 'vault.unlocked';

const sealedLength = ivLength + keyLength + tagLength;
const isSealed = (value: unknown): boolean =>
  typeof value === 'string' && new RegExp(`^0x[0-9a-f]{${2 * sealedLength}}$`).test(value);

const valueSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({
    sealed: v.pipe(
      v.custom<Hex>(isSealed),
      v.transform((hex): Sealed => {
        const bytes = new Uint8Array(hexToBytes(hex));
        return { iv: bytes.slice(0, ivLength), ciphertext: bytes.slice(ivLength) };
      }),
    ),
    deadline: secondsField,
    seenAt: secondsField,
  }),
);

/** The unlocked state as it lies in the session area: the encrypted data key, and until when it may be used. */
export type SessionValue = v.InferOutput<typeof valueSchema>;

/** The value, `damaged` when it can't be read, or undefined when there is none. */
export const readSession = async (session: SessionArea): Promise<SessionValue | 'damaged' | undefined> => {
  const value = await session.get(sessionKey);
  if (value === undefined) return undefined;
  const parsed = v.safeParse(valueSchema, value);
  return parsed.success ? parsed.output : 'damaged';
};

export const writeSession = (session: SessionArea, value: SessionValue): Promise<void> => {
  const { sealed, deadline, seenAt } = value;
  const hex = bytesToHex(new Uint8Array([...sealed.iv, ...sealed.ciphertext]));
  return session.set(sessionKey, JSON.stringify({ sealed: hex, deadline, seenAt }));
};
