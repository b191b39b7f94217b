import type { BrowserContext, Page } from '@playwright/test';
import { PopupPage } from '../pages/PopupPage';

/** Whether a page is the window for reviews. */
const isReviewWindow = (page: Page): boolean =>
  page.url().includes('#/review/') || page.url().includes('#/result/');

/** The review windows that are open. */
export const openReviews = (context: BrowserContext): Page[] => context.pages().filter(isReviewWindow);

/** Does what makes a dapp ask, and gives the review window that opens. */
export const reviewOpenedBy = async (
  context: BrowserContext,
  ask: () => Promise<unknown>,
): Promise<PopupPage> => {
  const opened = context.waitForEvent('page', isReviewWindow);
  await ask();
  const page = await opened;
  const popup = new PopupPage(page);
  await popup.part('review').waitFor();
  return popup;
};

/** Asks, and gives the review window that opens together with the answer to come. */
export const openReview = async <Answer>(context: BrowserContext, ask: () => Promise<Answer>) => {
  const opening = reviewOpenedBy(context, async () => undefined);
  const answer = ask();
  return { review: await opening, answer };
};

/** Approves the review that is open or opens next, with every danger agreed to. */
export const approveReview = async (context: BrowserContext): Promise<PopupPage> => {
  const page = context.pages().find(isReviewWindow) ?? (await context.waitForEvent('page', isReviewWindow));
  const popup = new PopupPage(page);
  await popup.part('review').waitFor();
  await popup.approve();
  return popup;
};
