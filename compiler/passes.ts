import { fitInitial } from './fit/index.js';
import { differentiate } from './stages/differentiate.js';
import { expand } from './stages/expand.js';
import { form } from './stages/form.js';
import { lift } from './stages/lift.js';
import { lower } from './stages/lower.js';
import { share } from './stages/share.js';
import { split } from './stages/split.js';
import { stabilise } from './stages/stabilise.js';
import { witness } from './verify/witness.js';

/** The passes, replaceable one by one: tests plant faults in them to see that the witness finds each. */
export const STAGES = { expand, form, differentiate, lift, lower, split, stabilise, share, witness, fit: fitInitial };
export type Stages = typeof STAGES;
