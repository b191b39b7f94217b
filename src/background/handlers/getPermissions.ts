import type { GrantTable } from '../../storage/storage';
import { summaryOf } from '../sessions/grants';
import type { Handler } from './handler';

/** `latchkey_getPermissions`: the grants of this origin. */
export const createGetPermissions =
  ({ grants }: { grants: GrantTable }): Handler<'latchkey_getPermissions'> =>
  async (_params, origin) =>
    (await grants.ofOrigin(origin)).map(summaryOf);
