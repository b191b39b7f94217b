import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What to start: `port` 0 or none picks a free one; `args` are further flags of anvil. */
export interface AnvilOptions {
  chainId: number;
  port?: number;
  args?: readonly string[];
}

/** A running chain. `stop` resolves when its process has ended; more than one call is fine. */
export interface Anvil {
  rpcUrl: string;
  port: number;
  chainId: number;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
const readyWithin = 15_000;

/**
 * Starts anvil on 127.0.0.1 and waits until it answers. The process ends with `stop`, and with this process: on exit
 * and on SIGINT, SIGTERM and SIGHUP.
 * @throws Error with anvil's own words when it ends before it is ready (a port that is taken, say).
 */
export async function startAnvil(options: AnvilOptions): Promise<Anvil> {
  const flags = ['--host', '127.0.0.1', '--port', String(options.port ?? 0)];
  const child = spawn(binary(), [...flags, '--chain-id', String(options.chainId), ...(options.args ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  watchExit();
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      running.delete(child);
      resolve();
    });
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    const port = await listening(child);
    const rpcUrl = `http://127.0.0.1:${port}`;
    await answering(rpcUrl);
    return { rpcUrl, port, chainId: options.chainId, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The program itself, without the package's wrapper, which would keep it alive when it is killed. */
function binary(): string {
  const require = createRequire(import.meta.url);
  const system = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const wrapper = createRequire(require.resolve('@foundry-rs/anvil/package.json'));
  const found = wrapper.resolve(`@foundry-rs/anvil-${system}/package.json`);
  return join(dirname(found), 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil');
}

function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const deadline = setTimeout(() => reject(new Error(`anvil was not ready in time: ${said}`)), readyWithin);
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const port = /Listening on [^\s]*:(\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(deadline);
      child.stdout?.off('data', listen).resume();
      child.stderr?.off('data', listen).resume();
      resolve(Number(port));
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(deadline);
      reject(new Error(`anvil ended with code ${code}: ${said.trim()}`));
    });
  });
}

async function answering(rpcUrl: string): Promise<void> {
  const deadline = Date.now() + readyWithin;
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] });
  for (;;) {
    const answer = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
      .then((response) => response.ok)
      .catch(() => false);
    if (answer) return;
    if (Date.now() > deadline) throw new Error(`anvil does not answer at ${rpcUrl}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

let watched = false;

/** A signal ends this process as it would have, unless somebody else listens to it too. */
function watchExit(): void {
  if (watched) return;
  watched = true;
  process.on('exit', killAll);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      if (process.listenerCount(signal) > 0) return;
      killAll();
      process.kill(process.pid, signal);
    });
  }
}

function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}
