import type { PortLike } from './requestPort';

class Listeners<Payload extends unknown[]> {
  readonly #listeners: ((...payload: Payload) => void)[] = [];

  addListener(listener: (...payload: Payload) => void): void {
    this.#listeners.push(listener);
  }

  emit(...payload: Payload): void {
    for (const listener of [...this.#listeners]) listener(...payload);
  }
}

/** One end of an extension port, for tests that run without a browser. */
export class FakePort implements PortLike {
  readonly onMessage = new Listeners<[unknown]>();
  readonly onDisconnect = new Listeners<[]>();
  isOpen = true;
  #other: FakePort | undefined;

  constructor(
    readonly name: string,
    readonly sender?: unknown,
  ) {}

  /** The two ends of a connection: the opener's, and the far one that knows its sender. */
  static pair(name: string, sender?: unknown): { near: FakePort; far: FakePort } {
    const near = new FakePort(name);
    const far = new FakePort(name, sender);
    near.#other = far;
    far.#other = near;
    return { near, far };
  }

  /** Delivers a JSON copy, as the browser does. */
  postMessage(message: unknown): void {
    if (!this.isOpen) throw new TypeError('Attempting to use a disconnected port object');
    const copy: unknown = JSON.parse(JSON.stringify(message));
    this.#other?.onMessage.emit(copy);
  }

  /** Only the other end hears of it. */
  disconnect(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    if (!this.#other) return;
    this.#other.isOpen = false;
    this.#other.onDisconnect.emit();
  }
}
