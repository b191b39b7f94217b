import type { Page } from '@playwright/test';
import { connect, type Latchkey } from '../../src/client';
import type { Extension } from '../browser';
import { callProvider } from './provider';
import { approveReview } from './review';

/** The rejection that the page saw, rebuilt here. */
class PageError extends Error {
  constructor(
    readonly code: unknown,
    message: string,
    readonly data: unknown,
  ) {
    super(message);
  }
}

/** The client library over the provider of a page. */
export const clientOf = async (extension: Extension, page: Page): Promise<Latchkey> => {
  const provider = {
    request: async ({ method, params }: { method: string; params?: unknown }) => {
      const answer = await callProvider(page, method, params);
      if ('result' in answer) return answer.result;
      throw new PageError(answer.error.code, String(answer.error.message), answer.error.data);
    },
    on: () => undefined,
    removeListener: () => undefined,
  };
  const connecting = connect({ provider });
  const { page: review } = await approveReview(extension.context);
  const latchkey = await connecting;
  if (!review.isClosed()) await review.waitForEvent('close');
  return latchkey;
};
