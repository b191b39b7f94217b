import { maxRequestLength, type PortEvent, type PortRequest, type PortResponse } from '../rpc/ports';
import { readReply, readRequest } from './envelope';

const channel = 'io.latchkey.channel.1';
const maxReplyLength = 16 * maxRequestLength;

/** Taken before the page runs: what it puts in their place later is never called. */
const { parse, stringify } = JSON;

type Direction = 'toExtension' | 'toPage';

/** The part of a window that the channel uses. */
export type ChannelWindow = {
  readonly origin: string;
  postMessage(message: unknown, targetOrigin: string): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
};

/** Whether this document has an origin of its own. Sandboxed ones don't, so nothing starts there. */
export const hasOrigin = ({ origin }: { origin: string }): boolean => origin !== 'null';

const readText = (data: unknown, direction: Direction, maxLength: number): string | undefined => {
  if (typeof data !== 'object' || data === null) return undefined;
  if (!('channel' in data && 'direction' in data && 'text' in data)) return undefined;
  if (data.channel !== channel || data.direction !== direction) return undefined;
  return typeof data.text === 'string' && data.text.length <= maxLength ? data.text : undefined;
};

const parseText = (text: string): unknown => {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
};

type End<Message> = {
  receives: Direction;
  sends: Direction;
  maxLength: number;
  read(value: unknown): Message | undefined;
};

const openEnd = <Message>(
  window: ChannelWindow,
  end: End<Message>,
  onMessage: (message: Message) => void,
): ((text: string) => void) => {
  const { origin } = window;
  const postMessage = window.postMessage.bind(window);
  window.addEventListener('message', (event) => {
    if (event.source !== window || event.origin !== origin) return;
    const text = readText(event.data, end.receives, end.maxLength);
    const message = text === undefined ? undefined : end.read(parseText(text));
    if (message) onMessage(message);
  });
  return (text) => postMessage({ channel, direction: end.sends, text }, origin);
};

/**
 * The page's end of the channel between the two worlds of a document (`window.postMessage`).
 * Any script of the page can forge what arrives here and what is sent; that gives it nothing more
 * than calling the provider does. Gives the function that sends the JSON text of a `PortRequest`.
 */
export const openPageEnd = (window: ChannelWindow, onReply: (reply: PortResponse | PortEvent) => void) =>
  openEnd(
    window,
    { receives: 'toPage', sends: 'toExtension', maxLength: maxReplyLength, read: readReply },
    onReply,
  );

/** The content script's end. Gives the function that sends a reply to the page. */
export const openContentEnd = (window: ChannelWindow, onRequest: (request: PortRequest) => void) => {
  const post = openEnd(
    window,
    { receives: 'toExtension', sends: 'toPage', maxLength: maxRequestLength, read: readRequest },
    onRequest,
  );
  return (reply: PortResponse | PortEvent): void => post(stringify(reply));
};
