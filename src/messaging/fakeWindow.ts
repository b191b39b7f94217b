type Message = { data: unknown; source: unknown; origin: string };

/** A window for tests that run without a browser: it delivers its own messages as structured copies. */
export class FakeWindow {
  readonly #events = new EventTarget();
  readonly document: EventTarget & { prerendering?: boolean } = new EventTarget();

  readonly reported: unknown[] = [];

  constructor(readonly origin = 'https://dapp.example') {}

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#events.addEventListener(type, listener as (event: Event) => void);
  }

  dispatchEvent(event: Event): boolean {
    return this.#events.dispatchEvent(event);
  }

  reportError(error: unknown): void {
    this.reported.push(error);
  }

  postMessage(message: unknown, targetOrigin: string): void {
    if (targetOrigin === this.origin) this.deliver(message);
  }

  /** Delivers a message as another window, or a page with another origin, could send it. */
  deliver(data: unknown, from: Partial<Omit<Message, 'data'>> = {}): void {
    const message: Message = { data: structuredClone(data), source: this, origin: this.origin, ...from };
    this.dispatchEvent(Object.assign(new Event('message'), message));
  }
}
