import { THREADS, type Pass } from './wgsl.js';

/** How the threads of a workgroup add up the sums that each has. */
export interface Reduction {
  /** Partial sums that a workgroup writes for each parameter of a set. */
  readonly partials: number;
  /** What stands at the head of a shader. */
  readonly directives: string;
  readonly variables: string;
  /** Inputs of `main`, besides the thread's number in its workgroup. */
  readonly inputs: string;
  /** Adds up the variables of these names, and writes down what they come to. */
  add(sums: readonly string[], pass: Pass): string;
}

/**
 * By threads that run in step, without waiting for anyone: each subgroup writes a partial sum of its own. For one set a workgroup.
 * `smallest`: threads of a subgroup, at least.
 */
function bySubgroups(smallest: number): Reduction {
  const partials = Math.ceil(THREADS / smallest);
  return {
    partials,
    directives: 'enable subgroups;\nrequires subgroup_id;\n',
    variables: '',
    inputs: `
  @builtin(subgroup_id) subgroup: u32,
  @builtin(num_subgroups) subgroups: u32,
  @builtin(subgroup_invocation_id) lane: u32,`,
    add: (sums, pass) => {
      const own = (name: string, parameter: number): string =>
        `{ let parameter = ${parameter}u; let sum = select(0.0, sum_${name}, is_own); ${writeDown(sums, partials, 'partial', pass)} }`;
      return `
  ${sums.map((name) => `let sum_${name} = subgroupAdd(across(${name}));`).join('\n  ')}
  if (lane == 0u && ${IS_WORK} && first_set < work.sets) {
    // Larger subgroups are fewer, and leave places over.
    for (var partial = subgroup; partial < ${partials}u; partial += subgroups) {
      let column_set = first_set;
      let is_own = partial == subgroup;
      ${sums.map(own).join('\n      ')}
    }
  }
`;
    },
  };
}

/** By subgroups of so many threads at least, or in memory. */
export const reductionBy = (subgroup: number | undefined): Reduction =>
  subgroup === undefined ? inMemory : bySubgroups(subgroup);

/** Sums that a workgroup adds up at a time, for its memory's sake. */
const BATCH = 16;

/** Places between the sums of one parameter and of the next: an odd number, so that they lie in different banks. */
const STRIDE = THREADS + 1;

/** Rows that one thread adds up, so that no more than two steps are needed. */
const SEGMENT = 16;

/**
 * In the workgroup's memory, column by column: first segments of threads, then the segments. Two steps, because waiting for
 * each other costs more than adding.
 */
const inMemory: Reduction = {
  partials: 1,
  directives: '',
  variables: `var<workgroup> tile: array<f32, ${STRIDE * BATCH}>;`,
  inputs: '',
  add: (sums, pass) => `
  let segments = (rows + ${SEGMENT - 1}u) / ${SEGMENT}u;
${batches(sums)
  .map((batch, b) => addBatch(batch, b, sums, pass))
  .join('')}`,
};

const batches = (sums: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(sums.length / BATCH) }, (_, b) => sums.slice(b * BATCH, (b + 1) * BATCH));

const addBatch = (batch: readonly string[], b: number, sums: readonly string[], pass: Pass): string => `
  ${b > 0 || pass === 'wide' ? 'workgroupBarrier();' : ''}
  ${batch.map((name, i) => `tile[${i * STRIDE}u + thread] = across(${name});`).join('\n  ')}
  workgroupBarrier();
  for (var job = thread; job < ${batch.length}u * work.lanes * segments; job += ${THREADS}u) {
    let column = (job % ${batch.length}u) * ${STRIDE}u + (job / ${batch.length}u) % work.lanes;
    let first_row = (job / (${batch.length}u * work.lanes)) * ${SEGMENT}u;
    var sum = 0.0;
    for (var row = first_row; row < min(rows, first_row + ${SEGMENT}u); row++) {
      sum += tile[column + row * work.lanes];
    }
    // No other thread reads this segment.
    tile[column + first_row * work.lanes] = sum;
  }
  workgroupBarrier();
  for (var job = thread; job < ${batch.length}u * work.lanes; job += ${THREADS}u) {
    let column = (job % ${batch.length}u) * ${STRIDE}u + job / ${batch.length}u;
    var sum = 0.0;
    for (var segment = 0u; segment < segments; segment++) {
      sum += tile[column + segment * ${SEGMENT}u * work.lanes];
    }
    let column_set = first_set + job / ${batch.length}u;
    let parameter = ${b * BATCH}u + job % ${batch.length}u;
    if (${IS_WORK} && column_set < work.sets) { ${writeDown(sums, 1, '0u', pass)} }
  }
`;

const IS_WORK = 'workgroup < work.workgroups';

/** Each pass has places of its own for its partial sums; the wide one may not run. */
const writeDown = (sums: readonly string[], partials: number, partial: string, pass: Pass): string => `
      let place = (column_set * ${sums.length}u + parameter) * 2u * work.all_partials
        + work.first_partial + chunk * ${partials}u + ${partial};
      ${pass === 'plain' ? 'partials[place] = sum; partials[place + work.all_partials] = 0.0;' : 'partials[place + work.all_partials] = sum;'}
    `;
