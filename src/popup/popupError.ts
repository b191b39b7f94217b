/** A failure inside the popup itself. */
export class PopupError extends Error {
  override readonly name = 'PopupError';

  constructor(
    readonly code: string,
    message: string,
    /** One sentence: what to do next. */
    readonly action: string,
  ) {
    super(message);
  }
}
