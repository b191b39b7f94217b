import type { RouteKind } from './mee/routes';

/** A node whose answers can be tampered with. */
type Node = { setFault(fault: (kind: string, body: unknown) => unknown): void };

/** An answer that is kept back. */
export type Held = {
  /** Resolves once the node has the answer. */
  reached: Promise<void>;
  /** Lets the answer go. */
  release: () => void;
};

/** Holds the node's next answer of a kind until it is released. What was asked for is done by then. */
export const holdNext = (node: Node, held: RouteKind): Held => {
  let reach = (): void => undefined;
  let release = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let used = false;
  node.setFault(async (kind, body) => {
    if (kind !== held || used) return body;
    used = true;
    reach();
    await released;
    return body;
  });
  return { reached, release };
};
