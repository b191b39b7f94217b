import { createServer } from 'node:net';
import { DevnetError } from './devnetError';

/**
 * Makes sure that a port of 127.0.0.1 is free.
 *
 * @param use what the port is for, as in "the node"
 * @param flag how another port is asked for
 * @throws DevnetError that names the port
 */
export async function requireFreePort(port: number, use: string, flag: string): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject).listen(port, '127.0.0.1', () => resolve());
    });
  } catch (cause) {
    throw new DevnetError(
      `Port ${port} for ${use} is taken or can't be opened.`,
      `End the program that uses it, or choose another port with ${flag}.`,
      { cause },
    );
  }
  await new Promise((resolve) => probe.close(resolve));
}
