import type { Page } from '@playwright/test';
import { type Address, getAddress } from 'viem';

/** The owner's own address, as the extension tells its own pages. */
export const ownerOf = async (extensionPage: Page): Promise<Address> => {
  const text = await extensionPage.evaluate(
    () =>
      new Promise<string>((resolve) => {
        type Port = {
          onMessage: { addListener(listener: (message: string) => void): void };
          postMessage(message: string): void;
        };
        type Browser = { chrome: { runtime: { connect(info: { name: string }): Port } } };
        const { runtime } = (window as unknown as Browser).chrome;
        const port = runtime.connect({ name: 'latchkey.popup' });
        port.onMessage.addListener((message) => {
          if (message.includes('"response"')) resolve(message);
        });
        port.postMessage(JSON.stringify({ type: 'request', id: 'owner', method: 'getState' }));
      }),
  );
  const { result } = JSON.parse(text) as { result: { owner: string } };
  return getAddress(result.owner);
};
