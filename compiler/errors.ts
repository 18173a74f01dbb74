/** A mistake of the caller's: shown as one line without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A fault of the compiler's: shown with its stack and a request to report it, exit code 1. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}
