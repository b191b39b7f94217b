import { rpcErrorCodes } from '../rpc/errors';
import { maxRequestLength, type PortRequest } from '../rpc/ports';
import { ProviderRpcError } from './providerRpcError';

const { stringify } = JSON;

const invalid = (message: string, reason: string, action: string) =>
  new ProviderRpcError(rpcErrorCodes.invalidParams, message, { reason, action });

const tooLarge = () =>
  invalid(
    `The request is larger than the limit of ${maxRequestLength} characters.`,
    'REQUEST_TOO_LONG',
    'Send less in one request.',
  );

const notJson = () =>
  invalid(
    'The request has a value that JSON has no form for, such as a bigint or a cycle.',
    'NOT_JSON',
    'Give amounts as hex quantities and only plain values.',
  );

/** Counts as the text grows, so that a huge request is refused without being written out. */
const countingReplacer = () => {
  let length = 0;
  return (_key: string, value: unknown): unknown => {
    length += typeof value === 'string' ? value.length + 1 : 1;
    if (length > maxRequestLength) throw tooLarge();
    return value;
  };
};

/**
 * The JSON text of a request.
 * @throws ProviderRpcError -32602 when it is above the limit or isn't JSON.
 */
export const requestText = (request: PortRequest): string => {
  let text: string;
  try {
    text = stringify(request, countingReplacer());
  } catch (error) {
    throw error instanceof ProviderRpcError ? error : notJson();
  }
  if (text.length > maxRequestLength) throw tooLarge();
  return text;
};
