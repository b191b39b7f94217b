import type { Page } from '@playwright/test';

export type Answer =
  | { result: unknown }
  | { error: { code: unknown; message: unknown; data: unknown; isError: boolean } };

/** Calls the provider from the page, as any script there could. */
export const callProvider = (page: Page, method: string, params?: unknown): Promise<Answer> =>
  page.evaluate(
    async ([method, params]) => {
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
        return { result: await provider.request({ method: method as string, params }) };
      } catch (error) {
        const { code, message, data } = error as { code: unknown; message: unknown; data: unknown };
        return { error: { code, message, data, isError: error instanceof Error } };
      }
    },
    [method, params],
  );
