import { expect, type Locator, type Page } from '@playwright/test';

/** The demo dapp. */
export class DappPage {
  constructor(readonly page: Page) {}

  part(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  async connect(): Promise<void> {
    await this.part('connect').click();
  }

  async ask(): Promise<void> {
    await this.part('ask').click();
  }

  async increment(): Promise<void> {
    await this.part('increment').click();
  }

  async tryOutside(): Promise<void> {
    await this.part('outside').click();
  }

  async expectStatus(text: RegExp): Promise<void> {
    await expect(this.part('status')).toHaveText(text, { timeout: 60_000 });
  }
}
