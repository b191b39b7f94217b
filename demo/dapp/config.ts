import * as v from 'valibot';
import type { Address } from 'viem';

const isAddress = (text: string): text is Address => /^0x[0-9a-fA-F]{40}$/.test(text);
const addressSchema = v.pipe(
  v.string(),
  v.custom<Address>((text) => typeof text === 'string' && isAddress(text)),
);

const configSchema = v.object({
  chainId: v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.integer(), v.minValue(1)),
  /** Where the counter is read. */
  rpcUrl: v.pipe(v.string(), v.url()),
  counter: addressSchema,
  /** The token that pays the node, on the same chain. */
  feeToken: addressSchema,
});

export type DappConfig = v.InferOutput<typeof configSchema>;

/** Reads the query string, or `/config.json` where it doesn't say everything. */
export const loadConfig = async (): Promise<DappConfig> => {
  const query = v.safeParse(configSchema, Object.fromEntries(new URLSearchParams(location.search)));
  if (query.success) return query.output;
  const response = await fetch('/config.json');
  return v.parse(configSchema, await response.json());
};
