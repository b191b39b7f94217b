import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../devnet';

let devnet: Devnet;

beforeAll(async () => {
  devnet = await startDevnet({ ...devnetOptionsFromEnvironment(), apiKey: 'a key' });
});

afterAll(() => devnet?.stop());

const ask = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${devnet.nodeUrl}${path}`, { headers });
  return [response.status, await response.json()];
};

it('lets in who brings the key', async () => {
  expect(await ask('/info', { 'x-api-key': 'a key' })).toEqual([
    200,
    expect.objectContaining({ node: devnet.nodeAddress }),
  ]);
  expect(devnet.requests.at(-1)).toMatchObject({ path: '/info', apiKey: 'a key' });
});

it('turns everybody else away', async () => {
  expect(await ask('/info')).toEqual([401, { error: 'Unauthorized: x-api-key is missing.' }]);
  expect(await ask('/info', { 'x-api-key': 'another' })).toEqual([
    401,
    { error: 'Unauthorized: x-api-key is not known.' },
  ]);
});

it('asks for no key on the sponsor’s own paths', async () => {
  const { chainId, address } = devnet.gasTank;
  expect(await ask(`/sponsorship/nonce/${chainId}/${address}`)).toEqual([
    200,
    { nonce: expect.stringMatching(/^\d+$/) },
  ]);
});
