/** Longest answer that is read, in UTF-16 units. */
const maxBodyLength = 4_000_000;

export type HttpRequest = {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
};

export type HttpAnswer = { status: number; body: string };

/** Nobody answered in time, or the answer is longer than any that is expected. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';

  constructor(
    readonly kind: 'unreachable' | 'tooLong',
    options?: ErrorOptions,
  ) {
    super(kind === 'tooLong' ? 'The answer is too long.' : 'No answer came.', options);
  }
}

/** A body read up to the cap. */
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
      throw new NoAnswerError('tooLong');
    }
  }
};

/** One HTTP exchange with a deadline that covers the body. No redirects, no cookies. Throws NoAnswerError. */
export const exchange = async (fetchFn: typeof fetch, request: HttpRequest): Promise<HttpAnswer> => {
  const { url, method, headers, body, timeoutMs } = request;
  const signal = AbortSignal.timeout(timeoutMs);
  const reach = async <T>(step: Promise<T>): Promise<T> => {
    try {
      return await step;
    } catch (cause) {
      if (cause instanceof TypeError || cause instanceof DOMException)
        throw new NoAnswerError('unreachable', { cause });
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
