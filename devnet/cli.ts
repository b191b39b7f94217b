import { parseArgs } from 'node:util';
import { type Devnet, type DevnetOptions, devnetOptionsFromEnvironment, startDevnet } from './devnet';
import { DevnetError } from './devnetError';
import { onOrphaned } from './orphan';

const defaultNodePort = 18777;
const defaultChainPorts = [18545, 18546];

const exitCodes = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;

const usage = `npm run devnet -- [--rpc URL ...] [--node-port N] [--chain-port N --chain-port N] [--api-key KEY]
  --rpc URL       attach to a running chain that holds the deployed contracts (repeat for more; or DEVNET_RPC=url,url)
  --node-port N   port of the MEE node (${defaultNodePort}; 0 takes any)
  --chain-port N  port of a started chain, in their order (${defaultChainPorts.join(', ')}; 0 takes any)
  --api-key KEY   what requests to the node have to carry as x-api-key (none lets everybody in)`;

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new DevnetError(`${text} is no port.`, 'Give a whole number from 0 to 65535.');
}

function readOptions(): DevnetOptions | undefined {
  const { values } = parseArgs({
    options: {
      rpc: { type: 'string', multiple: true },
      'node-port': { type: 'string' },
      'chain-port': { type: 'string', multiple: true },
      'api-key': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const apiKey = values['api-key'];
  const node = {
    nodePort: readPort(values['node-port'] ?? String(defaultNodePort)),
    ...(apiKey === undefined ? {} : { apiKey }),
  };
  const attached = values.rpc ? { rpcUrls: values.rpc } : devnetOptionsFromEnvironment();
  if (attached.rpcUrls) return { ...attached, ...node };
  return { ...node, chainPorts: values['chain-port']?.map(readPort) ?? defaultChainPorts };
}

function print(devnet: Devnet, seconds: string): void {
  for (const { chainId, name, rpcUrl, counter, permitToken, plainToken } of devnet.chains) {
    console.log(`${chainId}  ${name}  ${rpcUrl}`);
    console.log(`  counter       ${counter}`);
    console.log(`  permit token  ${permitToken}`);
    console.log(`  plain token   ${plainToken}`);
  }
  console.log(`node  ${devnet.nodeUrl}  ${devnet.nodeAddress}`);
  console.log(`gas tank  ${devnet.gasTank.chainId}  ${devnet.gasTank.address}`);
  console.log(`ready in ${seconds} s`);
}

/** Ends the process at once while the network starts (its chains end with it), in order later. */
function end(devnet: Devnet | undefined, code: number): void {
  if (devnet === undefined) process.exit(code);
  devnet.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) {
    console.log(usage);
    return;
  }
  let devnet: Devnet | undefined;
  for (const [signal, code] of exitCodes) process.on(signal, () => end(devnet, code));
  onOrphaned(() => end(devnet, 143));
  const started = performance.now();
  devnet = await startDevnet(options);
  print(devnet, ((performance.now() - started) / 1000).toFixed(1));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
