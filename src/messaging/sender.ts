import * as v from 'valibot';
import { RpcError, rpcErrorCodes } from '../rpc/errors';

/** A document that may call the dapp methods, as the browser describes it. */
export type DappSender = { origin: string; tabId: number; documentId?: string };

/** What identifies this extension: `runtime.id` and `runtime.getURL('')`. */
export type Self = { id: string; baseUrl: string };

const senderSchema = v.object({
  id: v.exactOptional(v.string()),
  origin: v.exactOptional(v.string()),
  url: v.exactOptional(v.string()),
  frameId: v.exactOptional(v.number()),
  tab: v.exactOptional(v.object({ id: v.exactOptional(v.number()) })),
  documentId: v.exactOptional(v.string()),
  documentLifecycle: v.exactOptional(v.string()),
});

type Sender = v.InferOutput<typeof senderSchema>;

const refuse = (reason: string, message: string, action: string) =>
  new RpcError(rpcErrorCodes.unauthorized, message, { reason, action });

const refusals = {
  stranger: () => refuse('SENDER_UNKNOWN', "Latchkey can't tell which page asks.", 'Reload the page.'),
  frame: () =>
    refuse(
      'NOT_TOP_FRAME',
      'Latchkey serves the page itself, not frames in it.',
      'Open the dapp in its own tab.',
    ),
  prerendered: () =>
    refuse(
      'PRERENDERED',
      "Latchkey doesn't serve a page before it is shown.",
      'Ask again once the page is visible.',
    ),
  opaque: () =>
    refuse(
      'ORIGIN_OPAQUE',
      'This page has no web origin of its own.',
      'Open the dapp from an http or https address, outside of a sandbox.',
    ),
};

const parseSender = (sender: unknown): Sender | undefined => {
  const parsed = v.safeParse(senderSchema, sender);
  return parsed.success ? parsed.output : undefined;
};

/** Whether the port was opened by this extension at all: a page's content script or an own page. */
export const isOwnPort = (sender: unknown, self: Self): boolean => parseSender(sender)?.id === self.id;

const isWebOrigin = (origin: string): boolean => /^https?:\/\/[^/]+$/.test(origin);

/**
 * The page behind a dapp port, or why it isn't served. Only what the browser says counts:
 * `origin` is the document's own, also where a frame or a sandbox makes the URL look otherwise.
 */
export const readDappSender = (sender: unknown): DappSender | RpcError => {
  const parsed = parseSender(sender);
  const tabId = parsed?.tab?.id;
  if (tabId === undefined || parsed?.origin === undefined) return refusals.stranger();
  if (parsed.frameId !== 0) return refusals.frame();
  if (parsed.documentLifecycle === 'prerender') return refusals.prerendered();
  if (!isWebOrigin(parsed.origin)) return refusals.opaque();
  const { origin, documentId } = parsed;
  return { origin, tabId, ...(documentId !== undefined && { documentId }) };
};

/** Whether the port was opened by one of this extension's own pages, in the popup, a window or a tab. */
export const isPopupSender = (sender: unknown, self: Self): boolean => {
  const parsed = parseSender(sender);
  if (!parsed) return false;
  if (parsed.origin !== undefined) return `${parsed.origin}/` === self.baseUrl;
  return parsed.url?.startsWith(self.baseUrl) ?? false;
};
