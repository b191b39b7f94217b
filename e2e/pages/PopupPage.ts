import { expect, type Locator, type Page } from '@playwright/test';
import type { Address } from 'viem';

/** The extension's own page, opened as a tab or as the review window. */
export class PopupPage {
  constructor(readonly page: Page) {}

  part(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  async createVault(password: string): Promise<void> {
    await this.part('create-password').fill(password);
    await this.part('create-password-again').fill(password);
    await this.part('create-submit').click();
    await expect(this.part('open-settings')).toBeVisible();
  }

  async unlock(password: string): Promise<void> {
    await this.part('unlock-password').fill(password);
    await this.part('unlock-submit').click();
  }

  async account(): Promise<Address> {
    await expect(this.part('account-address')).toBeVisible();
    const text = await this.part('account-address').textContent();
    const shown = /0x[0-9a-fA-F]{40}/.exec(text ?? '')?.[0];
    if (!shown) throw new Error('No account address is shown.');
    return shown as Address;
  }

  async configure(settings: {
    nodeUrl: string;
    networks: readonly { chainId: number; rpcUrl: string }[];
  }): Promise<void> {
    await this.part('open-settings').click();
    await this.part('settings-node-url').fill(settings.nodeUrl);
    for (const { chainId, rpcUrl } of settings.networks) {
      await this.part(`settings-network-rpc-${chainId}`).fill(rpcUrl);
    }
    await this.part('settings-save').click();
    await expect(this.part('settings-saved')).toBeVisible();
  }

  /** Agrees to every danger that the review asks about. */
  async acknowledgeAll(): Promise<void> {
    await this.part('approve').waitFor();
    for (const box of await this.page.getByTestId(/^acknowledge-/).all()) await box.check();
  }

  async approve(): Promise<void> {
    await this.acknowledgeAll();
    await expect(this.part('approve')).toBeEnabled();
    await this.part('approve').click();
  }

  async reject(): Promise<void> {
    await this.part('reject').click();
  }
}
