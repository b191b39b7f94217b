import { beforeEach, describe, expect, it } from 'vitest';
import { type Attendance, createAttendance } from './attendance';

const origin = 'https://dapp.example';
const prepare = { method: 'latchkey_prepare', origin };

let attendance: Attendance;
let left: string[];
/** Ends of the pauses that are running. */
let pauses: (() => void)[];

beforeEach(() => {
  left = [];
  pauses = [];
  attendance = createAttendance({
    clock: { now: () => 0, sleep: () => new Promise((resolve) => pauses.push(resolve)) },
    onLeft: async (gone) => void left.push(gone),
    report: (error) => {
      throw error;
    },
  });
});

const graceEnds = async () => {
  for (const end of pauses.splice(0)) end();
  await new Promise((resolve) => setImmediate(resolve));
};

/** A call that waits for the person as long as its page is there. */
const ask = (call = prepare) => {
  const page = new AbortController();
  void attendance.during(call, page.signal, () => new Promise(() => undefined));
  return { leave: () => page.abort() };
};

describe('a page that asked the person', () => {
  it('is gone some time after it was closed', async () => {
    const page = ask();
    expect(pauses).toHaveLength(0);
    page.leave();
    expect(left).toEqual([]);
    await graceEnds();
    expect(left).toEqual([origin]);
  });

  it('that was reloaded and asked again in time is not gone', async () => {
    ask().leave();
    const again = ask();
    await graceEnds();
    expect(left).toEqual([]);
    again.leave();
    await graceEnds();
    expect(left).toEqual([origin]);
  });

  it('gets its whole time each time that it leaves', async () => {
    ask().leave();
    ask().leave();
    const [first] = pauses.splice(0, 1);
    first?.();
    await new Promise((resolve) => setImmediate(resolve));
    expect(left).toEqual([]);
    await graceEnds();
    expect(left).toEqual([origin]);
  });

  it('is not gone as long as another page of its site waits', async () => {
    const first = ask();
    const second = ask();
    first.leave();
    await graceEnds();
    expect(left).toEqual([]);
    second.leave();
    await graceEnds();
    expect(left).toEqual([origin]);
  });

  it('is not kept by what its site asks without the person, nor by another site', async () => {
    ask({ method: 'latchkey_use', origin });
    ask({ method: 'latchkey_prepare', origin: 'https://other.example' });
    ask().leave();
    await graceEnds();
    expect(left).toEqual([origin]);
  });

  it('is expected back after the worker was stopped', async () => {
    attendance.expect(origin);
    attendance.expect('https://other.example');
    ask();
    await graceEnds();
    expect(left).toEqual(['https://other.example']);
  });
});
