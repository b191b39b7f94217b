import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PopupClient } from '../messaging/popupClient';
import { PopupError } from './popupError';

/** Holds the way to the background for every view under `App`. */
export const ClientContext = createContext<PopupClient | undefined>(undefined);

/** The client of the popup that this component is in. */
export function useClient(): PopupClient {
  const client = useContext(ClientContext);
  if (client === undefined)
    throw new PopupError('NO_CLIENT', 'This view is outside the popup.', 'Open Latchkey again.');
  return client;
}
