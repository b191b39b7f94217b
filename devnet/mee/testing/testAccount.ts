import {
  type Address,
  createClient,
  type Hex,
  hashMessage,
  http,
  parseAbi,
  toFunctionSelector,
  zeroAddress,
} from 'viem';
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { call, getCode, readContract } from 'viem/actions';
import {
  decodeComputeAccountAddress,
  encodeComputeAccountAddress,
} from '../../../src/protocol/account/address';
import { accountInitCode } from '../../../src/protocol/account/init';
import { installSmartSessionCalls } from '../../../src/protocol/account/install';
import { nonceFromKey, nonceKey } from '../../../src/protocol/account/nonce';
import { encodeComposable } from '../../../src/protocol/actions/composable';
import { smartSessionAddress } from '../../../src/protocol/constants/addresses';
import { validationModes } from '../../../src/protocol/constants/modes';
import { type MeeVersion, meeVersions } from '../../../src/protocol/constants/versions';
import {
  buildExecRequest,
  buildOperationsExecRequest,
  type ExecRequest,
} from '../../../src/protocol/mee/exec';
import { buildQuoteRequest, type QuoteRequest } from '../../../src/protocol/mee/quoteRequest';
import type { QuoteResponse } from '../../../src/protocol/mee/quoteResponse';
import {
  encodeSimpleSignature,
  operationDigests,
  superTransactionDigest,
} from '../../../src/protocol/mee/sign';
import { type VerifiedQuote, verifyQuote } from '../../../src/protocol/mee/verify';
import type { EncodedPolicy } from '../../../src/protocol/policies/policy';
import { encodePolicy } from '../../../src/protocol/policies/registry';
import { buildSessionDetails } from '../../../src/protocol/session/details';
import { encodeEnableSessions } from '../../../src/protocol/session/enable';
import { permissionId } from '../../../src/protocol/session/permission';
import { buildSession, type Session } from '../../../src/protocol/session/session';
import type { Devnet, DevnetChain } from '../../devnet';
import { wallClock } from '../chain';
import { askQuote, handInBody, settled } from './nodeClient';

const counterReads = parseAbi(['function countOf(address caller) view returns (uint256)']);
const anyFee = 2n ** 128n;
let hints = BigInt(Date.now());

/** One operation to ask for. `sequence` counts under the nonce key that `hint` decides; a fresh one by default. */
type Wish = { chain: DevnetChain; callData: Hex; hint?: bigint; sequence?: bigint };

/** How to ask. Bounds are unix seconds relative to now, 0 to 180 by default. */
type Terms = { lower?: number; upper?: number; simulate?: boolean };

/** A session of the account on the first chain. */
type TestSession = { session: Session; key: PrivateKeyAccount; permissionId: Hex; module: Address };

/** A fresh account with its owner; pays in the permit token of the first chain. */
export type TestAccount = {
  address: Address;
  owner: PrivateKeyAccount;
  /** The request of a quote that the owner will sign, or the session's key when one is given. */
  request(wishes: readonly Wish[], terms?: Terms, session?: TestSession): Promise<QuoteRequest>;
  /** Quotes, signs, hands in and follows to the end. */
  run(
    wishes: readonly Wish[],
    terms?: Terms,
    session?: TestSession,
  ): Promise<Awaited<ReturnType<typeof settled>>>;
  /** Deploys the account and enables a session for `Counter.incrementCount` under the policies, in a SmartSession. */
  enable(policies: readonly EncodedPolicy[], module?: Address): Promise<TestSession>;
  countOn(chain: DevnetChain): Promise<bigint>;
};

/** What a key signs for a quote of simple mode. */
export const signQuote = async (quote: QuoteResponse, key: PrivateKeyAccount): Promise<Hex> =>
  encodeSimpleSignature(await key.sign({ hash: hashMessage({ raw: quote.hash }) }));

/** The body of `POST exec` for a quote that holds what was asked, signed in the way that it wants. */
export async function signVerified(quote: VerifiedQuote, key: PrivateKeyAccount): Promise<ExecRequest> {
  if (quote.signing !== 'eachOperation') {
    return buildExecRequest(quote, await key.sign({ hash: superTransactionDigest(quote) }));
  }
  const signatures = await Promise.all(operationDigests(quote).map((hash) => key.sign({ hash })));
  return buildOperationsExecRequest(quote, signatures);
}

const connect = (chain: DevnetChain) => createClient({ transport: http(chain.rpcUrl) });

const nonce = (validator: Address, { hint, sequence }: { hint?: bigint; sequence?: bigint } = {}): bigint => {
  hints += 1n;
  const key = nonceKey({ hint: hint ?? hints, mode: validationModes.validate, validator });
  return nonceFromKey(key, sequence ?? 0n);
};

async function readAddress(chain: DevnetChain, owner: Address, version: MeeVersion): Promise<Address> {
  const { data } = await call(connect(chain), encodeComputeAccountAddress({ owner, version }));
  return decodeComputeAccountAddress(data ?? '0x');
}

/**
 * Makes a fresh account.
 *
 * @param funds of the fee token, in its smallest units
 */
export async function createTestAccount(
  devnet: Devnet,
  funds = 5_000_000n,
  version: MeeVersion = '2.1.0',
): Promise<TestAccount> {
  const [home] = devnet.chains;
  if (home === undefined) throw new RangeError('The network has no chain.');
  const owner = privateKeyToAccount(generatePrivateKey());
  const address = await readAddress(home, owner.address, version);
  if (funds > 0n) {
    await devnet.fund({ chainId: home.chainId, to: address, token: home.permitToken, amount: funds });
  }

  const initCodeOn = async (chain: DevnetChain) => {
    const code = await getCode(connect(chain), { address });
    return code === undefined ? { initCode: accountInitCode({ owner: owner.address, version }) } : {};
  };

  const request: TestAccount['request'] = async (wishes, terms = {}, used) => {
    const validator = used?.module ?? zeroAddress;
    const deployed = new Set([home.chainId]);
    const userOps = [];
    for (const { chain, callData, ...place } of wishes) {
      const initCode = deployed.has(chain.chainId) ? {} : await initCodeOn(chain);
      deployed.add(chain.chainId);
      userOps.push({
        chainId: chain.chainId,
        callData,
        nonce: nonce(validator, place),
        gas: { calls: 1 },
        ...initCode,
      });
    }
    const now = wallClock();
    return buildQuoteRequest({
      account: address,
      version,
      userOps,
      payment: {
        token: home.permitToken,
        chainId: home.chainId,
        nonce: nonce(validator),
        ...(await initCodeOn(home)),
      },
      bounds: { lower: now + (terms.lower ?? 0), upper: now + (terms.upper ?? 180) },
      simulate: terms.simulate ?? true,
      ...(used === undefined
        ? { mode: 'PREPARE' }
        : { mode: 'USE', sessionDetails: [buildSessionDetails(used.session, home.chainId)] }),
    });
  };

  const run: TestAccount['run'] = async (wishes, terms, session) => {
    const asked = await request(wishes, terms, session);
    const response = await askQuote(devnet.nodeUrl, asked);
    const quote = verifyQuote({ request: asked, response, maxFee: anyFee });
    const body = await signVerified(quote, session?.key ?? owner);
    return settled(devnet.nodeUrl, await handInBody(devnet.nodeUrl, body));
  };

  const enable: TestAccount['enable'] = async (actionPolicies, module = smartSessionAddress) => {
    const key = privateKeyToAccount(generatePrivateKey());
    const session = buildSession({
      redeemer: key.address,
      salt: generatePrivateKey(),
      version,
      actions: [
        {
          actionTarget: home.counter,
          actionTargetSelector: toFunctionSelector('incrementCount()'),
          actionPolicies,
        },
        {
          actionTarget: home.permitToken,
          actionTargetSelector: toFunctionSelector('transfer(address,uint256)'),
          actionPolicies: [encodePolicy({ type: 'sudo' })],
        },
      ],
    });
    const enableCall = { to: module, value: 0n, data: encodeEnableSessions([session]) };
    const callData = encodeComposable(
      [...installSmartSessionCalls({ account: address, version, smartSession: module }), enableCall],
      meeVersions[version].composabilityVersion,
    );
    const { userOps } = await run([{ chain: home, callData }]);
    const failure = userOps.find(({ executionStatus }) => executionStatus !== 'MINED_SUCCESS');
    if (failure !== undefined) throw new RangeError(`No session was enabled: ${failure.executionError}`);
    return { session, key, permissionId: permissionId(session), module };
  };

  return {
    address,
    owner,
    request,
    run,
    enable,
    countOn: (chain) =>
      readContract(connect(chain), {
        address: chain.counter,
        abi: counterReads,
        functionName: 'countOf',
        args: [address],
      }),
  };
}
