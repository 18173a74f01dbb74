import type { Activation } from '../activation.js';
import { safeRadius } from '../stages/radius.js';
import type { Output } from '../stages/share.js';
import { finishSums, plainBackward, plainForward } from '../targets/shader/plain.js';
import { wideBackward, wideForward } from '../targets/shader/wide.js';

/** What an emitted module tells the runtime of its kernels on GPUs: runtime/shader.ts says what each part is. */
export function shaderText({ names, unscaled: { forward, backward } }: Activation): string {
  return [
    'Object.freeze({',
    ...shaderPart('forward', forward, plainForward(names, forward), wideForward(names, forward)),
    ...shaderPart('backward', backward, plainBackward(names, backward), wideBackward(names, backward)),
    `  finish: ${template(finishSums(backward))},`,
    '})',
  ].join('\n');
}

function shaderPart(name: string, outputs: readonly Output[], plain: string, wide: string): readonly string[] {
  return [
    `  ${name}: Object.freeze({`,
    `    radius: ${safeRadius(outputs) ?? -1},`,
    `    plain: ${template(plain)},`,
    `    wide: ${template(wide)},`,
    '  }),',
  ];
}

/** Printed code holds names, numbers and operators only: nothing that a template literal would take for its own. */
const template = (text: string): string => (text === '' ? "''" : `\`\n${text}\n\``);
