import { expect, it } from 'vitest';
import { createMutex } from './mutex';

const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

it('runs tasks of one key in turn, of different keys side by side, and goes on after a failure', async () => {
  const mutex = createMutex();
  const seen: string[] = [];
  const { open, opened } = gate();
  const first = mutex('a', async () => {
    await opened;
    seen.push('a1');
    throw new RangeError('no');
  });
  const second = mutex('a', async () => seen.push('a2'));
  await mutex('b', async () => seen.push('b'));
  expect(seen).toEqual(['b']);
  open();
  await expect(first).rejects.toThrow('no');
  await second;
  expect(seen).toEqual(['b', 'a1', 'a2']);
});
