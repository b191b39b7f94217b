import type { Hex } from 'viem';
import { afterAll, beforeAll } from 'vitest';
import type { TestAccount } from './account';
import { type Call, calls } from './calls';
import { openOwnChain, openTestChain, type TestChain } from './chain';
import type { OpParts, Outcome } from './ops';
import { enabledSession, type SessionOptions, type TestSession, useSession } from './session';
import { sessionAccount } from './sessionAccount';

/** A fresh account with one enabled session, and the session key's way to call. */
export interface Scene {
  account: TestAccount;
  session: TestSession;
  use(call: Call | readonly Call[], parts?: Omit<OpParts, 'callData'>): Promise<Outcome>;
  send(callData: Hex, parts?: Omit<OpParts, 'callData'>): Promise<Outcome>;
}

/** One chain for the tests of a file. */
export const useChain = (): (() => TestChain) => open(openTestChain);

/** One chain with the stand-ins for the tests of a file, for what the deployed contracts are not at hand for. */
export const useOwnChain = (): (() => TestChain) => open(openOwnChain);

function open(start: () => Promise<TestChain>): () => TestChain {
  let chain: TestChain | undefined;
  beforeAll(async () => {
    chain = await start();
  });
  afterAll(() => chain?.close());
  return () => {
    if (chain === undefined) throw new Error('the chain is not open yet');
    return chain;
  };
}

export async function scene(chain: TestChain, options: SessionOptions): Promise<Scene> {
  const account = await sessionAccount(chain);
  const session = await enabledSession(chain, account, options);
  const send: Scene['send'] = (callData, parts = {}) =>
    useSession(chain, account, session, { ...parts, callData });
  const use: Scene['use'] = (call, parts) =>
    send('to' in call ? calls.single(call) : calls.batch(call), parts);
  return { account, session, use, send };
}
