import { afterAll, beforeAll } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';

/** One local network for the tests of a file. */
export function useNetwork(): () => Devnet {
  let devnet: Devnet | undefined;
  beforeAll(async () => {
    devnet = await startDevnet(devnetOptionsFromEnvironment());
  });
  afterAll(() => devnet?.stop());
  return () => {
    if (devnet === undefined) throw new TypeError('The network has not started yet.');
    return devnet;
  };
}
