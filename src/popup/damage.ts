import * as v from 'valibot';
import type { RpcErrorData } from '../rpc/errors';

const healthSchema = v.object({
  header: v.picklist(['none', 'intact', 'missing', 'damaged']),
  workingKeys: v.array(v.string()),
  damagedKeys: v.array(v.string()),
});

/** How much of a damaged vault can be read; without `health` nothing more is known. */
export type Damage = { health?: v.InferOutput<typeof healthSchema> };

/** The damage that an error reports; undefined when it is about something else. */
export function damageOf({ reason, details }: RpcErrorData): Damage | undefined {
  if (reason !== 'DAMAGED') return undefined;
  const health = v.safeParse(healthSchema, details?.damage);
  return health.success ? { health: health.output } : {};
}

const keys = (count: number): string => (count === 1 ? '1 key' : `${count} keys`);

const openings = {
  none: [],
  intact: [],
  missing: ['The part that the password opens is gone. Without it no key can be read.'],
  damaged: ['The part that the password opens is damaged. Without it no key can be read.'],
} as const;

/** What is damaged, one sentence each. */
export function damagedSentences({ health }: Damage): readonly string[] {
  const count = health?.damagedKeys.length ?? 0;
  const sentences = [
    ...openings[health?.header ?? 'none'],
    ...(count > 0 ? [`${keys(count)} can’t be read.`] : []),
  ];
  return sentences.length > 0 ? sentences : ['The stored vault could not be read.'];
}

/** What goes on working, one sentence each. */
export function workingSentences({ health }: Damage): readonly string[] {
  const working = health?.header === 'intact' ? health.workingKeys.length : 0;
  return [
    ...(working > 0 ? [`${keys(working)} can be read and used.`] : []),
    'Your accounts and everything in them: they are on chain and don’t depend on this device.',
    'Permissions on chain stay until they end. Remove them from the wallet that owns the account.',
  ];
}
