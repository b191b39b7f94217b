import { maxRequestLength, type PortEvent, type PortRequest, type PortResponse } from '../rpc/ports';

const maxIdLength = 64;
const maxMethodLength = 128;
const pageFields = ['type', 'id', 'method', 'params'];
const portFields = [...pageFields, 'waited'];

/** Longest port message: the longest request of a page, and room for an id that another side gave. */
export const maxPortTextLength = maxRequestLength + 2 * maxIdLength;

/** Requests that may wait for an answer on one port at a time. */
export const maxWaiting = 256;

/** Levels of lists and objects that params may have. Deeper ones could end the stack of who writes or reads them. */
export const maxDepth = 64;

/** Whether a value has more levels of lists and objects than that. */
export const isDeeperThan = (levels: number, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((item) => isDeeperThan(levels - 1, item)));

type Fields = { [name: string]: unknown };

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const isText = (value: unknown, maxLength: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= maxLength;

/** The id of a message, also of a malformed one, so that its sender can be told. */
export const readId = (value: unknown): string | undefined =>
  isFields(value) && isText(value.id, maxIdLength) ? value.id : undefined;

const readKnown = (value: unknown, known: readonly string[]): PortRequest | undefined => {
  const id = readId(value);
  if (id === undefined || !isFields(value)) return undefined;
  const { type, method, params, waited } = value;
  if (type !== 'request' || !isText(method, maxMethodLength)) return undefined;
  if (!Object.keys(value).every((field) => known.includes(field))) return undefined;
  if (waited === undefined) return { type, id, method, params };
  return typeof waited === 'number' && waited >= 0 ? { type, id, method, params, waited } : undefined;
};

/** A request of a page with nothing but the known fields, else undefined. `params` stays unparsed. */
export const readRequest = (value: unknown): PortRequest | undefined => readKnown(value, pageFields);

/** A request on a port, which may also say that it is sent again. */
export const readPortRequest = (value: unknown): PortRequest | undefined => readKnown(value, portFields);

const readError = (value: unknown): { code: number; message: string; data?: unknown } | undefined => {
  if (!isFields(value)) return undefined;
  const { code, message, data } = value;
  return typeof code === 'number' && typeof message === 'string' ? { code, message, data } : undefined;
};

const readResponse = (value: Fields): PortResponse | undefined => {
  const id = readId(value);
  if (id === undefined) return undefined;
  if (!('error' in value)) return { type: 'response', id, result: value.result };
  const error = readError(value.error);
  return error && { type: 'response', id, error };
};

/** What a request port gets back: an answer or an event. Fields that aren't known are left out. */
export const readReply = (value: unknown): PortResponse | PortEvent | undefined => {
  if (!isFields(value)) return undefined;
  if (value.type === 'response') return readResponse(value);
  if (value.type !== 'event' || !isText(value.name, maxMethodLength)) return undefined;
  return { type: 'event', name: value.name, payload: value.payload };
};
