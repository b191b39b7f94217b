import type { PasswordStrength } from '../../rpc/password/strength';
import './password.css';

/** Four steps and the hint in words. */
export function StrengthMeter({ strength }: { strength: PasswordStrength }) {
  return (
    <div class={`strength strength--${strength.score}`}>
      <div class="strength__steps" aria-hidden="true">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            class={step <= strength.score ? 'strength__step strength__step--on' : 'strength__step'}
          />
        ))}
      </div>
      <span aria-live="polite">{strength.hint}</span>
    </div>
  );
}
