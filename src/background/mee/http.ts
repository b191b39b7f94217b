import { nodeMalformed, nodeUnreachable } from './nodeErrors';

/** Longest answer that is read, in UTF-16 units. */
const maxBodyLength = 4_000_000;

export type HttpAnswer = { status: number; body: string };

/** A body read up to the cap; more than that means that this is no MEE node. */
const readCapped = async (response: Response): Promise<string> => {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > maxBodyLength) {
      await reader.cancel();
      throw nodeMalformed();
    }
  }
};

/** One HTTP exchange with a deadline that covers the body. No redirects, no cookies. Throws NODE_UNREACHABLE. */
export const exchange = async (
  fetchFn: typeof fetch,
  request: {
    url: string;
    method: 'GET' | 'POST';
    headers: Record<string, string>;
    body?: string;
    timeoutMs: number;
  },
): Promise<HttpAnswer> => {
  const { url, method, headers, body, timeoutMs } = request;
  const signal = AbortSignal.timeout(timeoutMs);
  const reach = async <T>(step: Promise<T>): Promise<T> => {
    try {
      return await step;
    } catch (cause) {
      if (cause instanceof TypeError || cause instanceof DOMException) throw nodeUnreachable(cause);
      throw cause;
    }
  };
  const response = await reach(
    fetchFn(url, {
      method,
      headers,
      signal,
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      ...(body === undefined ? {} : { body }),
    }),
  );
  return { status: response.status, body: await reach(readCapped(response)) };
};
