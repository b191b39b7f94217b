import type { Page } from '@playwright/test';
import type { Address } from 'viem';
import type { Latchkey, PrepareOptions, PrepareResult } from '../../src/client';
import type { Extension } from '../browser';
import { clientOf } from './client';
import { reviewOpenedBy } from './review';

/** A page of an origin of its own that is connected. What one site holds, no other can use. */
export type Site = { extension: Extension; page: Page; latchkey: Latchkey };

/** Opens an empty page at `https://<name>.example`, served without a network, and connects it. */
export const openSite = async (extension: Extension, name: string): Promise<Site> => {
  const page = await extension.context.newPage();
  const url = `https://${name}.example/`;
  await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Site</title>' }));
  await page.goto(url);
  return { extension, page, latchkey: await clientOf(extension, page) };
};

const nobodyAsked = (answer: unknown): never => {
  throw new Error(`Nobody was asked: ${JSON.stringify(answer)}`);
};

/** Does what asks the person, says yes to the review with all its dangers, and gives the answer. */
export const approving = async <Answer>(
  { extension }: Pick<Site, 'extension'>,
  ask: () => Promise<Answer>,
): Promise<Answer> => {
  const opening = reviewOpenedBy(extension.context, async () => undefined);
  const answer = ask();
  const review = await Promise.race([opening, answer.then(nobodyAsked)]);
  try {
    await review.approve();
    return await answer;
  } finally {
    await review.page.close();
  }
};

export type Granted = PrepareResult & { grantId: string; redeemer: Address };

/** A permission that the person approved, and whatever else `prepare` is asked for. */
export const grant = async (site: Site, options: PrepareOptions): Promise<Granted> => {
  const result = await approving(site, () => site.latchkey.prepare(options));
  const { grantId, redeemer } = result;
  if (grantId === undefined || redeemer === undefined) throw new Error('No permission was granted.');
  return { ...result, grantId, redeemer };
};
