import './style.css';
import { connect, type Latchkey, type UseResult } from '../../src/client';
import { type DappConfig, loadConfig } from './config';
import { readCounter } from './counter';
import { explain, log, onPress, setConnected, show } from './page';
import { askPermission, callCounter, readPending } from './permission';

let latchkey: Latchkey | undefined;

const showCounter = async (config: DappConfig): Promise<void> => {
  show('counter', String(await readCounter(config)));
};

const showPermission = async (connected: Latchkey): Promise<void> => {
  const grants = await connected.permissions();
  const enabled = grants.some(({ state }) => state === 'enabled');
  show('status', enabled ? 'Enabled' : 'None yet');
};

const disconnect = (): void => {
  latchkey = undefined;
  setConnected(false);
  show('account', 'not connected');
  show('status', 'None yet');
};

const open = async (): Promise<Latchkey> => {
  const connected = await connect();
  connected.provider.on('accountsChanged', (accounts) => {
    if (Array.isArray(accounts) && accounts.length === 0) disconnect();
  });
  latchkey = connected;
  show('account', connected.account);
  setConnected(true);
  log(`Connected to ${connected.account}`, 'good');
  await showPermission(connected);
  return connected;
};

const opened = async (): Promise<Latchkey> => latchkey ?? open();

/** The transaction that did what was asked; the one before it paid the node. */
const logDone = (done: string, transactions: UseResult['transactions']): void => {
  const last = transactions.at(-1);
  if (last) log(`${done} on chain ${last.chainId} by ${last.transactionHash}`, 'good');
};

const ask = async (config: DappConfig): Promise<void> => {
  const connected = await opened();
  show('status', 'Waiting for your review in Latchkey');
  try {
    const { hash, transactions } = await askPermission(connected, config);
    show('status', 'Enabled');
    logDone(`Permission enabled by supertransaction ${hash}`, transactions);
  } catch (error) {
    await showPermission(connected);
    throw error;
  }
};

const call = async (config: DappConfig, signature: string): Promise<void> => {
  const { transactions } = await callCounter(await opened(), config, signature);
  await showCounter(config);
  logDone(`${signature} done`, transactions);
};

const start = async (): Promise<void> => {
  const config = await loadConfig();
  onPress('connect', async () => void (await open()));
  onPress('ask', () => ask(config));
  onPress('increment', () => call(config, 'incrementCount()'));
  onPress('outside', () => call(config, 'decrementCount()'));
  await showCounter(config);
  if (!readPending()) return;
  log('Taking up the question that was open when this page was left');
  await ask(config);
};

start().catch((error: unknown) => log(explain(error), 'bad'));
