import { describe, expect, it } from 'vitest';
import { encodeMessage } from '../rpc/codec';
import { openContentPort } from './contentPort';
import { FakePort } from './fakePorts';
import { FakeWindow } from './fakeWindow';

const setUp = (prerendering = false) => {
  const window = new FakeWindow();
  window.document.prerendering = prerendering;
  const ports: FakePort[] = [];
  const port = openContentPort(() => undefined, window, {
    connect: () => {
      const { near, far } = FakePort.pair('latchkey.dapp');
      ports.push(far);
      return near;
    },
    isAlive: () => true,
  });
  const show = (persisted: boolean) =>
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
  const hide = () => window.dispatchEvent(new Event('pagehide'));
  return { window, ports, port, show, hide };
};

const answer = (port: FakePort | undefined, id: string, result: unknown) =>
  port?.postMessage(encodeMessage({ type: 'response', id, result }));

describe('content port', () => {
  it('is closed in the back/forward cache and finishes its requests when the page is back', async () => {
    const { ports, port, show, hide } = setUp();
    const pending = port.send({ method: 'latchkey_use' });
    hide();
    expect(ports[0]?.isOpen).toBe(false);
    show(true);
    answer(ports[1], '1', 'used');
    expect(await pending).toEqual({ result: 'used' });
  });

  it('is not opened by the first show of a page', () => {
    const { ports, show } = setUp();
    show(false);
    expect(ports).toHaveLength(0);
  });

  it('asks nothing while the page is prerendered', async () => {
    const { window, ports, port } = setUp(true);
    const pending = port.send({ method: 'eth_accounts' });
    expect(ports).toHaveLength(0);
    window.document.dispatchEvent(new Event('prerenderingchange'));
    answer(ports[0], '1', []);
    expect(await pending).toEqual({ result: [] });
  });
});
