import { type Address, parseUnits } from 'viem';
import type { Devnet } from '../../devnet/devnet';
import type { Extension } from '../browser';
import { PopupPage } from '../pages/PopupPage';

export const password = 'correct horse battery staple';

/** A fresh vault that talks to the local network, and an account that holds fee tokens on its first chain. */
export const setUp = async (
  extension: Extension,
  devnet: Pick<Devnet, 'chains' | 'fund'> & { nodeUrl: string },
): Promise<{ popup: PopupPage; account: Address }> => {
  const page = await extension.context.newPage();
  await page.goto(extension.popupUrl);
  const popup = new PopupPage(page);
  await popup.createVault(password);
  await popup.configure({ nodeUrl: devnet.nodeUrl, networks: devnet.chains });
  await page.goto(extension.popupUrl);
  const account = await popup.account();
  for (const { chainId, permitToken } of devnet.chains) {
    await devnet.fund({ chainId, to: account, token: permitToken, amount: parseUnits('100', 6) });
  }
  return { popup, account };
};
