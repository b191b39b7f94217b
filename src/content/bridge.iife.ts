import { openContentPort } from '../messaging/contentPort';
import { hasOrigin, openContentEnd } from '../messaging/windowChannel';

/** Relays between the page and the background. Knows no method and decides nothing. */
const relay = (): void => {
  const reply = openContentEnd(window, async ({ id, method, params }) => {
    reply({ type: 'response', id, ...(await background.send({ method, params })) });
  });
  const background = openContentPort(reply, window);
};

if (hasOrigin(window)) relay();
