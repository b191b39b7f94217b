import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startAnvil } from './anvil';

async function chainIdAt(rpcUrl: string): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] });
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return response.json();
}

it('runs chains side by side, each on a free port, until they are stopped', async () => {
  const [one, other] = await Promise.all([startAnvil({ chainId: 8453 }), startAnvil({ chainId: 10 })]);
  expect(one.port).not.toBe(other.port);
  expect(await chainIdAt(one.rpcUrl)).toMatchObject({ result: '0x2105' });
  expect(await chainIdAt(other.rpcUrl)).toMatchObject({ result: '0xa' });
  await one.stop();
  await one.stop();
  await expect(chainIdAt(one.rpcUrl)).rejects.toThrow();
  await other.stop();
});

it('says what is wrong when the port is taken', async () => {
  const first = await startAnvil({ chainId: 1 });
  await expect(startAnvil({ chainId: 1, port: first.port })).rejects.toThrow(/in use/);
  await first.stop();
});

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'leaves nothing behind when its process ends by %s',
  async (signal) => {
    const anvil = new URL('./anvil.ts', import.meta.url).href;
    const script = `const { startAnvil } = await import('${anvil}');
    console.log((await startAnvil({ chainId: 1 })).rpcUrl);
    setInterval(() => {}, 1000);`;
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      cwd: root,
    });
    const [said] = await once(child.stdout, 'data');
    const rpcUrl = String(said).trim();
    expect(await chainIdAt(rpcUrl)).toMatchObject({ result: '0x1' });
    const ended = once(child, 'exit');
    child.kill(signal);
    expect(await ended).toEqual([null, signal]);
    await expect
      .poll(() =>
        chainIdAt(rpcUrl).then(
          () => 'alive',
          () => 'gone',
        ),
      )
      .toBe('gone');
  },
);
