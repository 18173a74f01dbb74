import type { Names } from '../expr/names.js';
import { operands, varyingIds, type Expr } from '../expr/node.js';
import type { Output } from '../stages/share.js';

/** `const name = expr`: a value that the code computes once and uses by name. */
export interface Statement {
  readonly name: string;
  readonly expr: Expr;
}

/** The order in which a kernel computes its values. */
export interface Schedule {
  /** What depends on the coefficients only: once a call. */
  readonly prelude: readonly Statement[];
  /** What depends on x: once an element. */
  readonly body: readonly Statement[];
  /** The coefficients that are used. */
  readonly parameters: ReadonlySet<string>;
  /** The name of a node that has a statement. */
  nameOf(expr: Expr): string | undefined;
}

export interface ScheduleOptions {
  /** The most operations that one statement may hold; longer sums are cut at their partial sums. */
  readonly longest: number;
  /** Names that are taken in the language or by the file around the code. */
  readonly reserved: Iterable<string>;
  /** Whether the target takes a product and the sum it stands in together: a product in such sums only needs no name. */
  readonly fuses?: (sum: Expr, product: Expr) => boolean;
}

/**
 * Decides what gets a statement: values used more than once, values that readers know by name, and cuts in long
 * expressions. The rest is written where it is used. Statements stand in the order in which the outputs need them.
 */
export function schedule(names: Names, outputs: readonly Output[], options: ScheduleOptions): Schedule {
  const roots = outputs.flatMap((o) => (o.factor === undefined ? [o.expr] : [o.expr, o.factor]));
  const order = postorder(roots);
  const varying = varyingIds([...order].sort((a, b) => a.id - b.id));
  const uses = countUses(order, roots);
  const rootIds = new Set(roots.map((root) => root.id));
  const usedInLoop = new Set(order.flatMap((e) => (varying.has(e.id) ? operands(e).map((o) => o.id) : [])));
  const size = new Map<number, number>();
  const namer = new Namer(options.reserved);
  const given = new Map<number, string>();
  const users = options.fuses === undefined ? undefined : usersOf(order);
  const isFused = (expr: Expr): boolean =>
    expr.kind === 'mul' &&
    !rootIds.has(expr.id) &&
    operands(expr).every((operand) => operand.kind === 'variable' || given.has(operand.id)) &&
    users?.get(expr.id)?.every((user) => options.fuses!(user, expr)) === true;
  const [prelude, body]: [Statement[], Statement[]] = [[], []];

  for (const expr of order) {
    if (expr.kind === 'variable' || expr.kind === 'constant') continue;
    const inlined = operands(expr).reduce(
      (sum, operand) => sum + (given.has(operand.id) ? 0 : (size.get(operand.id) ?? 0)),
      weightOf(expr),
    );
    size.set(expr.id, inlined);
    const count = uses.get(expr.id)!;
    const known = names.isLabelled(expr) && !(count === 1 && rootIds.has(expr.id));
    // What does not vary must not stay inside the loop, even where it is used once.
    const hoisted = !varying.has(expr.id) && usedInLoop.has(expr.id);
    // A long expression is cut where a name is at hand; only a very long one anywhere.
    const cut = inlined >= options.longest * (names.isNamed(expr) ? 1 : 2);
    if ((count < 2 && !known && !hoisted && !cut) || isFused(expr)) continue;
    const name = namer.unique(names.of(expr));
    given.set(expr.id, name);
    (varying.has(expr.id) ? body : prelude).push({ name, expr });
  }

  const parameters = new Set(order.flatMap((e) => (e.kind === 'variable' && !e.varying ? [e.name] : [])));
  return { prelude, body, parameters, nameOf: (expr) => given.get(expr.id) };
}

/** How much room an operation takes in a line: a sign is written as a comparison. */
const weightOf = (expr: Expr): number => (expr.kind === 'sgn' ? 4 : 1);

/** Operands before users, first-needed first. */
function postorder(roots: readonly Expr[]): readonly Expr[] {
  const done = new Map<number, Expr>();
  const stack: { expr: Expr; open: boolean }[] = roots.map((expr) => ({ expr, open: false })).reverse();
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (done.has(top.expr.id)) continue;
    if (top.open) {
      done.set(top.expr.id, top.expr);
      continue;
    }
    stack.push({ expr: top.expr, open: true });
    for (const operand of [...operands(top.expr)].reverse()) stack.push({ expr: operand, open: false });
  }
  return [...done.values()];
}

function countUses(order: readonly Expr[], roots: readonly Expr[]): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  for (const expr of [...order.flatMap(operands), ...roots]) uses.set(expr.id, (uses.get(expr.id) ?? 0) + 1);
  return uses;
}

function usersOf(order: readonly Expr[]): ReadonlyMap<number, readonly Expr[]> {
  const users = new Map<number, Expr[]>();
  for (const user of order) {
    for (const { id } of operands(user)) users.set(id, [...(users.get(id) ?? []), user]);
  }
  return users;
}

/** Makes names unique, and identifiers of whatever a name is made from. */
class Namer {
  private readonly taken: Set<string>;

  constructor(reserved: Iterable<string>) {
    this.taken = new Set(reserved);
  }

  unique(wish: string): string {
    // A name made from many operations says nothing.
    const base = wish.length > 24 ? 'part' : wish.replace(/[^A-Za-z0-9_]/g, '_');
    let name = base;
    for (let i = 2; this.taken.has(name); i++) name = `${base}_${i}`;
    this.taken.add(name);
    return name;
  }
}
