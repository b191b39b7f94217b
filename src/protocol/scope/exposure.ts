import { type Asset, sameAsset } from './asset';
import { type Bound, sumOf } from './bound';
import { type ExposureStep, exposureSteps, type OpaqueStep } from './exposureSteps';
import type { Grant } from './grant';
import { emptyLedger, type Ledger } from './ledger';

/** The most that a grant can move of one asset, in its smallest unit, and how that comes about. */
export type AssetExposure = {
  asset: Asset;
  most: Bound;
  /** The part that approvals leave open after the grant ends. */
  outliving: Bound;
  /** The part that only pays fees. */
  fees: Bound;
  steps: readonly ExposureStep[];
};

/** The most that a grant can move, per asset. */
export type Exposure = {
  assets: readonly AssetExposure[];
  /** Functions whose effect only their contract knows: what they take of tokens it may take already is in no number. */
  opaque: readonly OpaqueStep[];
};

export type ExposureParameters = {
  grant: Grant;
  /** What the grant has used so far; absent for a new one. */
  ledger?: Ledger;
  /** Unix seconds; with it what is over counts no more. */
  time?: number;
};

/**
 * The most that a grant can move over the rest of its life, were the session key in bad hands: every action to its
 * limits as the chain enforces them, approvals in full as if all of them were taken, fees to the end of their budget.
 * Amounts above any real supply are `unlimited`.
 */
export function exposure({ grant, ledger = emptyLedger, time = 0 }: ExposureParameters): Exposure {
  const { steps, opaque } = exposureSteps(grant, ledger, time);
  const assets: Asset[] = [];
  for (const { asset } of steps) {
    if (!assets.some((known) => sameAsset(known, asset))) assets.push(asset);
  }
  return { assets: assets.map((asset) => ofAsset(asset, steps)), opaque };
}

function ofAsset(asset: Asset, all: readonly ExposureStep[]): AssetExposure {
  const steps = all.filter((step) => sameAsset(step.asset, asset));
  const total = (counts: (step: ExposureStep) => boolean) =>
    sumOf(steps.filter(counts).map(({ most }) => most));
  return {
    asset,
    most: total(() => true),
    outliving: total(({ effect }) => effect === 'approval' || effect === 'operatorApproval'),
    fees: total(({ effect }) => effect === 'fee'),
    steps,
  };
}
