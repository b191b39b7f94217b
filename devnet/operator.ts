import {
  type Address,
  type Client,
  createClient,
  type Hex,
  http,
  isHex,
  type LocalAccount,
  type Transport,
} from 'viem';
import { mnemonicToAccount, privateKeyToAccount } from 'viem/accounts';
import { getBalance, sendTransaction } from 'viem/actions';
import { minedReceipt } from './contracts/receipt';
import { DevnetError } from './devnetError';

const testMnemonic = 'test test test test test test test test test test test junk';
const testAccounts = 10;
const leastBalance = 10n ** 18n;

/** The account that pays for everything on one chain. `send` runs one transaction after the other. */
export type Operator = {
  account: LocalAccount;
  /** Wei at the start. */
  balance: bigint;
  send(transaction: { to: Address; value?: bigint; data?: Hex }): Promise<void>;
};

function candidates(key: string | undefined): LocalAccount[] {
  if (key === undefined || key === '') {
    return Array.from({ length: testAccounts }, (_, addressIndex) =>
      mnemonicToAccount(testMnemonic, { addressIndex }),
    );
  }
  if (isHex(key) && key.length === 66) return [privateKeyToAccount(key)];
  throw new DevnetError('DEVNET_KEY is not a private key.', 'Set it to 32 bytes of hex that start with 0x.');
}

function createOperator(client: Client<Transport>, account: LocalAccount, balance: bigint): Operator {
  let tail: Promise<unknown> = Promise.resolve();
  const sendNow = async (transaction: { to: Address; value?: bigint; data?: Hex }) => {
    const hash = await sendTransaction(client, { ...transaction, account, chain: null });
    const { status } = await minedReceipt(client, hash);
    if (status !== 'success') {
      throw new DevnetError(`The transaction ${hash} to ${transaction.to} reverted.`, 'Check its recipient.');
    }
  };
  return {
    account,
    balance,
    send(transaction) {
      const turn = tail.then(() => sendNow(transaction));
      tail = turn.catch(() => undefined);
      return turn;
    },
  };
}

/**
 * Finds who pays on a chain: the private key in `DEVNET_KEY`, else the first of the well-known test accounts that
 * holds at least one coin.
 *
 * @throws DevnetError when nobody can pay
 */
export async function findOperator(rpcUrl: string): Promise<Operator> {
  const client = createClient({ transport: http(rpcUrl), pollingInterval: 50 });
  const accounts = candidates(process.env.DEVNET_KEY);
  const balances = await Promise.all(accounts.map(({ address }) => getBalance(client, { address })));
  for (const [index, account] of accounts.entries()) {
    const balance = balances[index] ?? 0n;
    if (balance >= leastBalance) return createOperator(client, account, balance);
  }
  throw new DevnetError(
    `No test account holds a coin on ${rpcUrl}.`,
    'Set DEVNET_KEY to the private key of an account that does.',
  );
}
