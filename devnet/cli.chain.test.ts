import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';

const cli = join(import.meta.dirname, 'cli.ts');
const command = ['--import', 'tsx', cli];
const anyPorts = ['--node-port', '0', '--chain-port', '0', '--chain-port', '0'];
const deadline = 60_000;

type Run = { child: ChildProcess; output(): string };

const runs: Run[] = [];

afterEach(() => {
  for (const { child } of runs.splice(0)) child.kill('SIGKILL');
});

function start(file: string, args: string[], env: Record<string, string> = {}): Run {
  const { DEVNET_RPC, npm_lifecycle_event, ...inherited } = process.env;
  const child = spawn(file, args, { env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk));
  const run = { child, output: () => text };
  runs.push(run);
  return run;
}

async function until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + deadline;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new RangeError('What the test waits for did not come.');
    await delay(25);
  }
}

type Process = { pid: number; parent: number; command: string };

/** Reads `/proc` where there is one, since a small machine may lack `ps`. */
function listProcesses(): Process[] {
  const rows = existsSync('/proc/self/stat')
    ? readdirSync('/proc').flatMap((pid) => (/^\d+$/.test(pid) ? readProc(pid) : []))
    : execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return rows.flatMap((row) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

function readProc(pid: string): string[] {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return [`${pid} ${afterName.split(' ')[1]} ${command}`];
  } catch {
    return [];
  }
}

/** All processes below one. */
function descendants({ child }: Run): Process[] {
  const all = listProcesses();
  const below = (root: number): Process[] =>
    all.filter(({ parent }) => parent === root).flatMap((one) => [one, ...below(one.pid)]);
  return below(child.pid ?? 0);
}

const chainsAmong = (processes: Process[]) => processes.filter(({ command }) => command.includes('anvil'));

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const isTaken = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  const taken = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return taken;
};

const portsIn = (output: string): number[] =>
  [...output.matchAll(/http:\/\/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port));

const ready = ({ child, output }: Run) =>
  until(() => {
    if (child.exitCode !== null) throw new RangeError(output());
    return /ready in \d+\.\d s/.test(output());
  });

async function expectNothingLeft(processes: Process[], ports: number[]): Promise<void> {
  await until(() => processes.every(({ pid }) => !isAlive(pid)));
  expect(await Promise.all(ports.map(isTaken))).toEqual(ports.map(() => false));
}

describe('npm run devnet', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('leaves nothing behind after %s', async (signal) => {
    const run = start(process.execPath, [...command, ...anyPorts]);
    await ready(run);
    const [processes, ports] = [descendants(run), portsIn(run.output())];
    expect(chainsAmong(processes)).toHaveLength(2);
    expect(ports).toHaveLength(3);
    expect(await Promise.all(ports.map(isTaken))).toEqual([true, true, true]);

    run.child.kill(signal);
    const [code] = await once(run.child, 'exit');
    expect(code).toBe(0);
    await expectNothingLeft(processes, ports);
  });

  it('leaves nothing behind when it is ended while it starts', async () => {
    const run = start(process.execPath, [...command, ...anyPorts]);
    const processes = await until(() => {
      const found = descendants(run);
      return chainsAmong(found).length === 2 ? found : undefined;
    });
    run.child.kill('SIGTERM');
    await once(run.child, 'exit');
    expect(run.output()).not.toMatch(/ready/);
    await expectNothingLeft(processes, []);
  });

  it('ends with the shell that npm runs it in', async () => {
    const line = `"${process.execPath}" ${command.map((word) => `"${word}"`).join(' ')} ${anyPorts.join(' ')}; true`;
    const shell = start('sh', ['-c', line], { npm_lifecycle_event: 'devnet' });
    await ready(shell);
    const [processes, ports] = [descendants(shell), portsIn(shell.output())];
    expect(chainsAmong(processes)).toHaveLength(2);

    shell.child.kill('SIGTERM');
    await expectNothingLeft(processes, ports);
  });

  it('names a taken port and what to do', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const bound = holder.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    for (const flag of ['--node-port', '--chain-port']) {
      const run = start(process.execPath, [...command, ...anyPorts.slice(0, 4), flag, String(port)]);
      const [code] = await once(run.child, 'close');
      expect(code).toBe(1);
      expect(run.output()).toMatch(
        new RegExp(`^Port ${port} for .* is taken.*choose another port with ${flag}`),
      );
    }
    holder.close();
  });

  it('refuses what is no port', async () => {
    const run = start(process.execPath, [...command, '--node-port', '99999']);
    const [code] = await once(run.child, 'close');
    expect([code, run.output()]).toEqual([1, '99999 is no port. Give a whole number from 0 to 65535.\n']);
  });
});
