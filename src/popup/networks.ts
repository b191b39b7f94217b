import type { PopupClient } from '../messaging/popupClient';
import type { Settings } from '../rpc/popup/procedures';
import { cleanText } from '../ui/cleanText';

/** The settings, or none when they can't be had: they only make names and symbols nicer. */
export async function settingsOrNone(client: PopupClient): Promise<Settings | undefined> {
  try {
    return await client.call('getSettings');
  } catch {
    return undefined;
  }
}

/** Native symbol of each configured chain. */
export function nativeSymbols(settings: Settings | undefined): ReadonlyMap<number, string> {
  return new Map((settings?.networks ?? []).map(({ chainId, nativeSymbol }) => [chainId, nativeSymbol]));
}

/** Name of a chain, or its number when it isn't configured. */
export function chainLabel(chainId: number, settings: Settings | undefined): string {
  const name = settings?.networks.find((network) => network.chainId === chainId)?.name;
  return name === undefined ? `Chain ${chainId}` : cleanText(name, 64);
}
