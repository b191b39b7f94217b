import { describe, expect, it } from 'vitest';
import { FakeWindow } from '../messaging/fakeWindow';
import { announce } from './announce';
import { createProvider } from './provider';

const setUp = () => {
  const window = new FakeWindow();
  const details: unknown[] = [];
  window.addEventListener('eip6963:announceProvider', ({ detail }: CustomEvent) => details.push(detail));
  const provider = createProvider(window);
  announce(provider, window);
  return { window, details, provider };
};

describe('announcement (EIP-6963)', () => {
  it('comes at once and whenever a dapp asks, with the same frozen detail', () => {
    const { window, details, provider } = setUp();
    window.dispatchEvent(new Event('eip6963:requestProvider'));
    expect(details).toHaveLength(2);
    expect(details[1]).toBe(details[0]);
    expect(details[0]).toMatchObject({ provider, info: { name: 'Latchkey', rdns: 'io.latchkey' } });
    expect(Object.isFrozen(details[0])).toBe(true);
    expect(Object.isFrozen(Reflect.get(Object(details[0]), 'info'))).toBe(true);
  });

  it('has an inline icon and an id of its own on every page', () => {
    const [first] = setUp().details;
    const [second] = setUp().details;
    const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
    expect(first).toMatchObject({
      info: { uuid: expect.stringMatching(uuid), icon: expect.stringMatching(/^data:image\/svg\+xml,/) },
    });
    expect(second).not.toMatchObject({
      info: { uuid: Reflect.get(Reflect.get(Object(first), 'info'), 'uuid') },
    });
  });

  it('leaves window.ethereum alone', () => {
    expect('ethereum' in setUp().window).toBe(false);
  });
});
