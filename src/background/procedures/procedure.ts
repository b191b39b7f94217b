import type { PopupParams, PopupProcedure, PopupResults } from '../../rpc/popup/procedures';

/** Answers one procedure of the extension's own pages. */
export type Procedure<P extends PopupProcedure> = (params: PopupParams<P>) => Promise<PopupResults[P]>;

/** A procedure for every name. */
export type Procedures = { [P in PopupProcedure]: Procedure<P> };
