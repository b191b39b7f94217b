import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { createScene, type Network, type Scene } from './scene';

/** One network for the tests of a file, and a fresh scene on it for each; no defect may be left behind. */
export const useScene = <N extends Network & { stop(): Promise<void> }>(
  start: () => Promise<N>,
  onReady: (current: { network: N; scene: Scene }) => void,
): void => {
  let network: N;
  let scene: Scene;

  beforeAll(async () => {
    network = await start();
  });

  afterAll(() => network?.stop());

  beforeEach(async () => {
    scene = await createScene(network);
    onReady({ network, scene });
  });

  afterEach(() => {
    network.setFault(undefined);
    scene.stop();
    expect(scene.defects).toEqual([]);
  });
};
