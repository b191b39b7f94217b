import type { Page } from '@playwright/test';

export type Answer =
  | { result: unknown }
  | { error: { code: unknown; message: unknown; data: unknown; isError: boolean } };

/** Runs in a page, as any script there could: calls the provider, and gives what comes of it. */
export const askProvider = async ([method, params]: readonly [
  method: string,
  params?: unknown,
]): Promise<Answer> => {
  type Provider = { request(request: { method: string; params?: unknown }): Promise<unknown> };
  type Announced = CustomEvent<{ info: { rdns: string }; provider: Provider }>;
  const provider = await new Promise<Provider>((resolve) => {
    window.addEventListener('eip6963:announceProvider', (event) => {
      const { detail } = event as Announced;
      if (detail.info.rdns === 'io.latchkey') resolve(detail.provider);
    });
    window.dispatchEvent(new Event('eip6963:requestProvider'));
  });
  try {
    return { result: await provider.request({ method, params }) };
  } catch (error) {
    const { code, message, data } = error as { code: unknown; message: unknown; data: unknown };
    return { error: { code, message, data, isError: error instanceof Error } };
  }
};

/** Calls the provider from the page. */
export const callProvider = (page: Page, method: string, params?: unknown): Promise<Answer> =>
  page.evaluate(askProvider, [method, params] as const);
