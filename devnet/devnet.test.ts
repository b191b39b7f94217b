import { afterEach, expect, it, vi } from 'vitest';
import { devnetOptionsFromEnvironment } from './devnet';

afterEach(() => {
  vi.unstubAllEnvs();
});

it.each([
  ['', {}],
  [' , ', {}],
  ['http://one:1', { rpcUrls: ['http://one:1'] }],
  ['http://one:1, http://two:2', { rpcUrls: ['http://one:1', 'http://two:2'] }],
])('DEVNET_RPC=%j', (value, expected) => {
  vi.stubEnv('DEVNET_RPC', value);
  expect(devnetOptionsFromEnvironment()).toEqual(expected);
});
