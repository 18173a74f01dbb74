/** The comparison on webgl, for a page that a benchmark drives. */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgl';
import { compareEveryInput } from './every-input.js';

await tf.setBackend('webgl');
if (tf.getBackend() !== 'webgl') throw new Error('tfjs refused webgl');
await tf.ready();
Object.assign(globalThis, { run: compareEveryInput });
