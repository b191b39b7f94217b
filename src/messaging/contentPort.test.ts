import { describe, expect, it, vi } from 'vitest';
import { encodeMessage } from '../rpc/codec';
import type { PortEvent } from '../rpc/ports';
import { openContentPort } from './contentPort';
import { FakePort } from './fakePorts';
import { FakeWindow } from './fakeWindow';

const setUp = (prerendering = false) => {
  const window = new FakeWindow();
  window.document.prerendering = prerendering;
  const ports: FakePort[] = [];
  const events: PortEvent[] = [];
  const port = openContentPort((event) => events.push(event), window, {
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
  return { window, ports, port, events, show, hide };
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

  it('is not opened by the first show of a page, nor by the return of one that has asked nothing', () => {
    const { ports, show, hide } = setUp();
    show(false);
    hide();
    show(true);
    expect(ports).toHaveLength(0);
  });

  it('tells a page that comes back from the cache its accounts, once', async () => {
    const { ports, port, events, show, hide } = setUp();
    const first = port.send({ method: 'eth_accounts' });
    answer(ports[0], '1', []);
    await first;
    hide();
    show(true);
    answer(ports[1], '2', ['0x01']);
    await vi.waitFor(() => expect(events).toHaveLength(1));
    expect(events).toEqual([{ type: 'event', name: 'accountsChanged', payload: ['0x01'] }]);
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
