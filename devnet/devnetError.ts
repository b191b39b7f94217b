/** A local network that can't start or serve: what is wrong, and what to do. */
export class DevnetError extends Error {
  override readonly name = 'DevnetError';

  constructor(problem: string, action: string, options?: { cause: unknown }) {
    super(`${problem} ${action}`, options);
  }
}
