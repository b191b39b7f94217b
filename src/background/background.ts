import type { Address, Hex } from 'viem';
import type { Storage } from '../storage/index';
import { createVaultService, type SessionArea } from '../vault/index';
import { createApprovals } from './approvals/approvals';
import { createAttendance } from './approvals/attendance';
import { createReviewPage, type PageHost } from './approvals/reviewPage';
import { createChains } from './chain/chains';
import { createExecution } from './executor/execution';
import { createHandlers } from './handlers/handlers';
import { createOpenRequest } from './handlers/openRequest';
import type { Clock } from './journal/clock';
import { createJournal } from './journal/journal';
import { createMutex } from './journal/mutex';
import { isFinal } from './journal/states';
import { createMark } from './mark';
import { createMeeNode } from './mee/node';
import { createLocalOwner } from './owner/localOwner';
import { createProcedures } from './procedures/procedures';
import { type Call, createDappRouter, createPopupRouter } from './router';
import { createChainState } from './sessions/chainState';
import { createGrantFinder } from './sessions/grants';
import { createNetworkTime } from './sessions/networkTime';
import { createPlanner } from './sessions/plan/plan';
import { createReconciler } from './sessions/reconcile';
import { createReservations } from './sessions/reservations';
import { createLocalKill } from './sessions/revocation';
import { createComparer } from './sessions/subset';
import { createUsageReader } from './sessions/usage';
import { createSettings } from './settings';
import { createAccount } from './steps/account';
import { createAccountPeek } from './steps/accountPeek';
import { createCleanUp } from './steps/cleanUp';
import { createConnectSteps } from './steps/connectSteps';
import { createForgetAll } from './steps/forgetting';
import { createGranting } from './steps/granting';
import { createLocking } from './steps/locking';
import { createPlanStep } from './steps/planSteps';
import { createPrepareSteps } from './steps/prepareSteps';
import { createRestart } from './steps/restart';
import { createRevokeSteps } from './steps/revokeSteps';
import { createRunner } from './steps/runner';
import { createSessionKeys, sessionKeyId } from './steps/sessionKeys';
import { createUseSteps } from './steps/useSteps';

/** Randomness as the background needs it. */
export type Random = {
  /** 24 random bits. */
  hint(): bigint;
  /** 32 random bytes. */
  salt(): Hex;
  /** An unguessable id. */
  id(): string;
};

/** Everything that comes from outside: browser, network, time, chance. */
export type Outside = {
  storage: Storage;
  /** Memory of the browser session, for trusted contexts only. */
  memory: SessionArea;
  pages: PageHost;
  fetch: typeof fetch;
  clock: Clock;
  random: Random;
  /** Version of the extension. */
  version: string;
  /** Keeps the worker alive while the work runs. */
  keepAlive: <T>(work: () => Promise<T>) => Promise<T>;
  /** Has the worker woken from time to time, or no longer. */
  setWake: (on: boolean) => Promise<void>;
  /** Has the worker woken at this unix second to lock itself, or not at all. */
  setLockAlarm: (deadline: number | undefined) => Promise<void>;
  /** Own pages should read the state again. */
  notifyPopups: () => void;
  emitAccounts: (origin: string, accounts: readonly Address[]) => void;
  /** Told of defects. */
  report: (error: unknown) => void;
};

/** Seconds for which a request that is over is kept, so that its page can still ask for the answer. */
const keptSeconds = 30 * 24 * 60 * 60;
/** What pages of the popup ask by themselves, without the person doing anything. */
const passiveProcedures: readonly string[] = ['getState', 'getRequest', 'lock'];

/** The background, put together. Nothing in here knows the browser. */
export const createBackground = (outside: Outside) => {
  const { storage, memory, clock, random, notifyPopups, report } = outside;
  const { requests, grants, connections } = storage;
  const now = clock.now;
  const mutex = createMutex();
  const settings = createSettings(storage.settings);
  const vault = createVaultService({ store: storage.vault, session: memory, now });
  const isUnlocked = async () => (await vault.status()) === 'unlocked';

  const chains = createChains({
    networks: async () => (await settings.get()).networks,
    fetch: outside.fetch,
  });
  const node = createMeeNode({ endpoint: settings.get, fetch: outside.fetch, now });
  const owner = createLocalOwner(vault);
  const account = createAccount({ owner, chains });
  const reservations = createReservations(storage.ledger);
  const chainState = createChainState({ chains, grants });
  const time = createNetworkTime({ chains, clock });
  const networkNow = () => time.read().now;
  const finder = createGrantFinder({ grants, reservations, chainState, now: networkNow });
  const reconciler = createReconciler({
    ...{ chainState, reservations, grants, now },
    usage: createUsageReader({ chains }),
  });
  const kill = createLocalKill({ grants, destroyKey: (keyId) => vault.destroyKey(keyId) });
  const plan = createPlanner({
    chains,
    time: time.read,
    sessionKey: createSessionKeys(vault),
    nodeAddress: async () => (await node.info()).node,
    randomSalt: random.salt,
  });

  const journal = createJournal({
    requests,
    now,
    onChange: ({ state }) => {
      notifyPopups();
      if (isFinal(state)) updateWake().catch(report);
    },
    onBadEnd: (record) => cleanUp(record).catch(report),
  });
  /** Has the worker woken while anything is open. In turns: whoever looks last decides. */
  const updateWake = (): Promise<void> =>
    mutex('set wake', async () => outside.setWake((await journal.open()).length > 0));
  const execution = createExecution({
    ...{ node, chains, chainState, owner, vault, reservations, journal, clock, time },
    randomHint: random.hint,
  });
  const cleanUp = createCleanUp({ grants, vault, executor: execution.use });
  const page = createReviewPage({ host: outside.pages, memory });
  const approvals = createApprovals({ journal, page, mutex, now, isUnlocked });

  const endInterrupted = createRestart({ journal, approvals, memory });
  const attendance = createAttendance({
    ...{ clock, report },
    onLeft: async (origin) => void (await approvals.rejectLeft(origin)),
  });

  const locking = createLocking({
    autoLock: vault.autoLock,
    approvals,
    setLockAlarm: outside.setLockAlarm,
    onChange: notifyPopups,
  });

  const onConnected = async (origin: string): Promise<void> => {
    const connection = await connections.get(origin);
    if (connection) outside.emitAccounts(origin, [connection.account]);
  };

  const { send, track, evidence, transactions } = execution;
  const planStep = createPlanStep({
    ...{ approvals, journal, account, chains, plan, time },
    comparer: createComparer({ grants, reservations, now: networkNow }),
    executor: execution.prepare,
    dropKey: (grantId) => vault.destroyKey(sessionKeyId(grantId)),
  });
  const steps = {
    connect: createConnectSteps({ approvals, journal, account, connections, clock, isUnlocked, onConnected }),
    prepare: createPrepareSteps({
      ...{
        approvals,
        journal,
        mutex,
        plan: planStep,
        transactions,
        send,
        track,
        evidence,
        clock,
        isUnlocked,
      },
      executor: execution.prepare,
      granting: createGranting({ grants, connections, reservations, clock, onConnected }),
    }),
    use: createUseSteps({
      ...{ journal, mutex, finder, time, send, track, evidence, grants, isUnlocked },
      executor: execution.use,
    }),
    revoke: createRevokeSteps({
      ...{ approvals, journal, chains, chainState, send, track, evidence, grants, clock, isUnlocked },
      executor: execution.revoke,
    }),
  };
  const runner = createRunner({ journal, steps, mutex, keepAlive: outside.keepAlive, report });

  const reconcileAll = async (): Promise<void> => {
    const enabled = (await grants.all()).filter(({ state }) => state === 'enabled');
    const chainIds = enabled.flatMap(({ permissions }) => permissions.map(({ chainId }) => chainId));
    await Promise.all([time.sync(chainIds), ...enabled.map((grant) => reconciler.readKnown(grant))]);
  };

  const forgetAll = createForgetAll({ storage, onForgotten: (origin) => outside.emitAccounts(origin, []) });

  const open = createOpenRequest({ journal, mutex, clock, newId: random.id, onOpened: updateWake });
  const peek = createAccountPeek({ account, clock, onKnown: notifyPopups });
  const dapp = createDappRouter(
    createHandlers({
      ...{ chains, chainState, time, clock, journal, runner, settings, grants, connections },
      ...{ finder, reconciler, kill, open, newId: random.id, version: outside.version, isUnlocked },
    }),
    { before: locking.check, report },
  );
  const popup = createPopupRouter(
    createProcedures({
      ...{ vault, journal, approvals, runner, account, peek, settings },
      mark: createMark({ settings, randomSalt: random.salt }),
      ...{ grants, connections, requests, reservations, locking, isUnlocked, onChange: notifyPopups },
      ...{ reconciler, reconcileAll, kill, open, newId: random.id, now: networkNow, forgetAll },
      damaged: () => storage.damaged(),
    }),
    {
      before: async (method) => {
        await locking.check();
        if (!passiveProcedures.includes(method)) await locking.touch();
      },
      report,
    },
  );

  /** Once per life of the worker: afterwards the ledger is kept by what the worker itself does. */
  let reconciling: Promise<void> | undefined;

  /** Ends what has waited too long, shows what waits and takes up what isn't over. */
  const wake = async (): Promise<void> => {
    await locking.check();
    await approvals.expire();
    await updateWake();
    await approvals.show({ focus: false });
    await runner.resume();
    reconciling ??= reconcileAll();
    await reconciling;
    await updateWake();
  };

  return {
    /** Before any answer: ends what a closed browser left undone, and waits for the pages of the rest. */
    start: async (): Promise<void> => {
      await endInterrupted();
      for (const origin of await approvals.waitingOrigins()) attendance.expect(origin);
    },
    /** Removes requests that ended long ago. */
    clearOut: (): Promise<void> => journal.prune(now() - keptSeconds),
    wake,
    tabClosed: async (tabId: number): Promise<void> => {
      await approvals.tabClosed(tabId);
    },
    /** `gone` tells that the page that asks was closed or left. */
    onDappRequest: (call: Call, origin: string, gone?: AbortSignal): Promise<unknown> =>
      attendance.during({ ...call, origin }, gone, () => dapp(call, origin)),
    onPopupRequest: popup,
  };
};

export type Background = ReturnType<typeof createBackground>;
