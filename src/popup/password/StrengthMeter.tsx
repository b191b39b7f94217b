import './password.css';
import type { Strength } from './strength';

/** Four steps and the hint in words. */
export function StrengthMeter({ strength }: { strength: Strength }) {
  return (
    <div class={`strength strength--${strength.level}`}>
      <div class="strength__steps" aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            class={step <= strength.level ? 'strength__step strength__step--on' : 'strength__step'}
          />
        ))}
      </div>
      <span aria-live="polite">{strength.hint}</span>
    </div>
  );
}
