import { expect, it, vi } from 'vitest';
import { createChangeTeller, hearChanges } from './changes';

it('own pages hear of every change until they stop listening', async () => {
  const tell = createChangeTeller();
  const first = vi.fn();
  const second = vi.fn();
  const stop = hearChanges(first);
  const stopSecond = hearChanges(second);
  tell();
  await vi.waitFor(() => expect(first).toHaveBeenCalledOnce());
  stop();
  tell();
  await vi.waitFor(() => expect(second).toHaveBeenCalledTimes(2));
  stopSecond();
  expect(first).toHaveBeenCalledOnce();
});
