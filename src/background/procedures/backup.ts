import * as v from 'valibot';
import { decodeMessage, encodeMessage } from '../../rpc/codec';
import { settingsSchema } from '../../rpc/popup/settings';
import { connectionSchema, grantSchema } from '../../storage/schemas/grant';
import type { ConnectionTable, GrantTable } from '../../storage/storage';
import type { Vault } from '../../vault/index';
import { invalidParams } from '../errors/rpcErrors';
import { firstLedger } from '../sessions/reconcile';
import type { Reservations } from '../sessions/reservations';
import type { SettingsStore } from '../settings';
import type { Procedure } from './procedure';
import type { ReadState } from './state';

type Parts = {
  vault: Pick<Vault, 'exportBackup' | 'importBackup'>;
  grants: GrantTable;
  connections: ConnectionTable;
  reservations: Pick<Reservations, 'begin'>;
  settings: SettingsStore;
  readState: ReadState;
  /** Sets the ledger right by what the chains count. */
  reconcileAll: () => Promise<void>;
  /** Told that the vault is open. */
  onOpened: () => Promise<void>;
};

const payloadVersion = 1;

const payloadSchema = v.object({
  version: v.literal(payloadVersion),
  grants: v.array(grantSchema),
  connections: v.array(connectionSchema),
  settings: settingsSchema,
});

const unreadable = () =>
  invalidParams({
    reason: 'BACKUP_UNREADABLE',
    message: 'The keys of the backup are intact, and its permissions come from another version.',
    action: 'Import it with the version of Latchkey that made it.',
  });

const decoded = (payload: string): unknown => {
  try {
    return decodeMessage(payload);
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable();
    throw error;
  }
};

const readPayload = (payload: string) => {
  const parsed = v.safeParse(payloadSchema, decoded(payload));
  if (!parsed.success) throw unreadable();
  return parsed.output;
};

/** Keys, permissions, connections and settings as one encrypted text. What was used isn't in it: the chains know. */
export const createExportBackup =
  ({ vault, grants, connections, settings }: Parts): Procedure<'exportBackup'> =>
  async ({ password }) => {
    const payload = encodeMessage({
      version: payloadVersion,
      grants: await grants.all(),
      connections: await connections.all(),
      settings: await settings.get(),
    });
    return vault.exportBackup({ password, payload });
  };

export const createImportBackup =
  (parts: Parts): Procedure<'importBackup'> =>
  async ({ text, password, newPassword }) => {
    const { vault, grants, connections, reservations, settings } = parts;
    const { createdAt } = await vault.importBackup({
      text,
      password,
      ...(newPassword === undefined ? {} : { newPassword }),
      restorePayload: async (payload) => {
        const restored = readPayload(payload);
        await settings.save(restored.settings);
        for (const connection of restored.connections) await connections.put(connection);
        for (const grant of restored.grants) {
          await grants.put(grant);
          for (const { chainId, session } of grant.permissions) {
            await reservations.begin(grant.grantId, chainId, firstLedger(session));
          }
        }
      },
    });
    await parts.onOpened();
    await parts.reconcileAll();
    return { state: await parts.readState(), createdAt };
  };
