/** A mistake in what was asked for or handed in: shown as one line without a stack, exit code 2. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
