import { ProtocolError } from '../errors';

/**
 * An action that no session may hold or that can't work. Codes: `ESCALATION_TARGET`, `SELECTOR`, `DUPLICATE_ACTION`,
 * `NO_ACTIONS`, `CHAIN_ID`, `FUNCTION_SIGNATURE`, `BATCH_CHAINS`, `BATCH_SIZE`.
 */
export class ActionError extends ProtocolError {}
