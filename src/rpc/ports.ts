/** Names of the two ports into the background. A port's name gives no authority: the sender does. */
export const portNames = { dapp: 'latchkey.dapp', popup: 'latchkey.popup' } as const;

/** Longest request text accepted from a page, in UTF-16 units. Checked in the page and again behind it. */
export const maxRequestLength = 1024 * 1024;

/** Longest text of a backup, in UTF-16 units: it goes through one request of the popup, together with two passwords. */
export const maxBackupLength = maxRequestLength - 32 * 1024;

/** `id` is unique per port. `waited`: milliseconds since it was first sent, when it is sent again. */
export type PortRequest = {
  type: 'request';
  id: string;
  method: string;
  params?: unknown;
  waited?: number;
};
export type PortResponse =
  | { type: 'response'; id: string; result: unknown }
  | { type: 'response'; id: string; error: { code: number; message: string; data?: unknown } };
/** Pushed by the background to a page: the events of EIP-1193. */
export type PortEvent = { type: 'event'; name: string; payload?: unknown };
