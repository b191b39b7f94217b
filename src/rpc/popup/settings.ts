import * as v from 'valibot';
import { chainIdSchema } from '../dapp/primitives';

const urlSchema = v.pipe(
  v.string(),
  v.url('must be an http or https address'),
  v.regex(/^https?:\/\//),
  v.maxLength(2048),
);

/** A chain that the companion talks to. */
const networkSchema = v.strictObject({
  chainId: chainIdSchema,
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  rpcUrl: urlSchema,
  nativeSymbol: v.pipe(v.string(), v.minLength(1), v.maxLength(12)),
});

const longestMinutes = 24 * 60;
const wholeMinutes = `must be whole minutes, from 1 to ${longestMinutes}`;

export const settingsSchema = v.strictObject({
  nodeUrl: urlSchema,
  /** Words that every window of the companion shows. Absent in what is saved: as they were. */
  mark: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(32))),
  nodeApiKey: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(512))),
  networks: v.pipe(v.array(networkSchema), v.minLength(1), v.maxLength(32)),
  /** Minutes without activity after which the vault locks itself. Absent in what is saved: as it was. */
  autoLockMinutes: v.exactOptional(
    v.pipe(
      v.number(wholeMinutes),
      v.safeInteger(wholeMinutes),
      v.minValue(1, wholeMinutes),
      v.maxValue(longestMinutes, wholeMinutes),
    ),
  ),
});

export type Network = v.InferOutput<typeof networkSchema>;
export type Settings = v.InferOutput<typeof settingsSchema>;
