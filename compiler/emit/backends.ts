import { SyntaxKind, type SourceFile } from 'ts-morph';
import { BACKENDS, type Backend, type Spec } from '../spec.js';

/** Whether the module has kernels of one of these backends. */
export const carries = ({ backends }: Spec, ...names: readonly Backend[]): boolean =>
  names.some((name) => backends.includes(name));

/** Takes away the kernels that the spec does not ask for, and what hands them to the runtime. */
export function leaveOut(file: SourceFile, spec: Spec): void {
  const absent = BACKENDS.filter((name) => !carries(spec, name));
  if (absent.length === 0) return;
  const definition = file
    .getDescendantsOfKind(SyntaxKind.CallExpression)
    .find((call) => call.getExpression().getText() === 'defineActivation')!
    .getArguments()[0]!
    .asKindOrThrow(SyntaxKind.ObjectLiteralExpression);
  for (const name of absent) definition.getPropertyOrThrow(name).remove();
  if (!carries(spec, 'wasm')) file.getVariableStatementOrThrow('wasm').remove();
  if (!carries(spec, 'webgpu', 'webgl')) file.getVariableStatementOrThrow('shader').remove();
}
