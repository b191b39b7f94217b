import { expect, it } from 'vitest';
import { maxBackupLength } from '../rpc/ports';
import { FakePort } from './fakePorts';
import { RequestPort } from './requestPort';

const portWith = () => {
  const sent: unknown[] = [];
  const port = new RequestPort({
    connect: () => {
      const { near, far } = FakePort.pair('latchkey.popup');
      far.onMessage.addListener((message) => sent.push(message));
      return near;
    },
    onEvent: () => undefined,
    mayRepeat: () => false,
  });
  return { port, sent };
};

const longest = '\u0000'.repeat(1024);

it('the largest backup goes through the port together with the longest passwords', () => {
  const { port, sent } = portWith();
  const text = `${'"'.repeat(100)}${'x'.repeat(maxBackupLength - 100)}`;
  void port.send({ method: 'importBackup', params: { text, password: longest, newPassword: longest } });
  expect(sent).toHaveLength(1);
});

it('what is longer than a request may be is refused before it is sent', async () => {
  const { port, sent } = portWith();
  const text = 'x'.repeat(2 * maxBackupLength);
  expect(await port.send({ method: 'importBackup', params: { text, password: 'p' } })).toMatchObject({
    error: { code: -32602, data: { reason: 'REQUEST_TOO_LONG' } },
  });
  expect(sent).toEqual([]);
});
