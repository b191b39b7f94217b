import { createClient, type Hex, http } from 'viem';
import { call } from 'viem/actions';
import { policyUsageReads } from '../../src/protocol/policies/usageReads';
import { actionId, configId } from '../../src/protocol/session/permission';
import { countOn, firstChain } from '../flows/chain';
import { type LedgerRow, readLedger } from '../flows/journal';
import { callProvider } from '../flows/provider';
import { incrementCall } from '../flows/requests';
import type { Lab } from '../lab';

export type Permission = { grantId: string; permissionId: Hex };

/** What node and chain have seen so far. */
export type Evidence = { submissions: readonly unknown[]; count: bigint };

/** Every signed body that reached the node, by its hash, and the counter on chain. */
export const evidenceOf = async ({ devnet }: Pick<Lab, 'devnet'>): Promise<Evidence> => ({
  submissions: devnet.requests
    .filter(({ path }) => path.endsWith('/exec'))
    .map(({ body }) => (body as { hash: string }).hash),
  count: await countOn(firstChain(devnet)),
});

const ledgerOf = async (lab: Lab, grantId: string): Promise<LedgerRow[]> =>
  (await readLedger(lab.probe())).filter((row) => row.grantId === grantId);

/** Uses of Counter.incrementCount by the usage limit's own contract. */
const usedOnChain = async (lab: Lab, permissionId: Hex): Promise<bigint> => {
  const { counter, rpcUrl } = firstChain(lab.devnet);
  const selector = incrementCall(counter).data.slice(0, 10) as Hex;
  const id = configId(lab.account, permissionId, actionId(counter, selector));
  const [read] = policyUsageReads({ type: 'usageLimit', limit: 1n }, { configId: id, account: lab.account });
  if (!read) throw new Error('The usage limit has no read.');
  const { data } = await call(createClient({ transport: http(rpcUrl) }), { to: read.to, data: read.data });
  const [usage] = read.decode(data ?? '0x');
  return usage?.used ?? 0n;
};

type Usage = { permissions: { limits: { policy: string; used: Hex }[] }[] };

/**
 * The ledger as it is, as it is once the extension has set it right by the chain, and the uses that the extension tells
 * and the contract counts.
 */
export const ledgerAndChain = async (lab: Lab, { grantId, permissionId }: Permission) => {
  const kept = await ledgerOf(lab, grantId);
  const answer = await callProvider(lab.dapp(), 'latchkey_getUsage', [{ grantId }]);
  if (!('result' in answer)) throw new Error(`latchkey_getUsage failed: ${JSON.stringify(answer.error)}`);
  const limits = (answer.result as Usage).permissions.flatMap((permission) => permission.limits);
  const told = limits.find(({ policy }) => policy === 'usageLimit')?.used ?? '0x0';
  return {
    kept,
    corrected: await ledgerOf(lab, grantId),
    told: BigInt(told),
    counted: await usedOnChain(lab, permissionId),
  };
};
