import type { Activation } from '../../../../compiler/activation.js';
import type { Generation } from '../../../../compiler/generate.js';
import { safeRadius } from '../../../../compiler/stages/radius.js';
import { finishSums, plainBackward, plainForward } from '../../../../compiler/targets/shader/plain.js';
import { wideBackward, wideForward } from '../../../../compiler/targets/shader/wide.js';
import { activationModule } from '../../../../compiler/targets/wasm/module.js';
import { moduleText } from '../../../../compiler/targets/wasm/text.js';
import type { ShaderKernels } from '../../../../runtime/shader.js';
import type { ActivationSpec } from '../../../../runtime/spec.js';
import { forwardShader as glslForward } from '../../../../runtime/webgl/forward.js';
import { slopeShader as glslBackward } from '../../../../runtime/webgl/backward.js';
import { backwardShader as wgslBackward } from '../../../../runtime/webgpu/backward.js';
import { forwardShader as wgslForward } from '../../../../runtime/webgpu/forward.js';
import type { LanguageText } from '../compiler/messages.js';
import type { Language } from './language-names.js';

/** The texts of one activation: its module, its composed tf ops, and what each backend's device compiles. */
export function languageTexts({ files, activation }: Generation): Readonly<Record<Language, LanguageText>> {
  const [[name, module]] = [...files] as [[string, string]];
  const base = name.replace(/\.ts$/, '');
  const spec = runtimeSpec(activation);
  const kernels = shaderKernels(activation);
  const wgsl = [
    ['forward, in float32: y from x', wgslForward(spec, kernels.forward, 4, 'plain')],
    ['forward, in wide numbers: where float32 is not safe', wgslForward(spec, kernels.forward, 1, 'wide')],
    ['backward, in float32: dx, and the sums for dc and dd', wgslBackward(spec, kernels, 4, 'plain', 'memory')],
  ] as const;
  const glsl = [
    ['forward: y from x', glslForward(spec, kernels.forward, 4).code],
    ['backward: dx from x and dy', glslBackward(spec, kernels, 4).code],
  ] as const;
  return {
    typescript: { name, text: module },
    tfjs: { name: `${base}.ops.ts`, text: composedOps(module) },
    wgsl: { name: `${base}.wgsl`, text: sections(wgsl) },
    glsl: { name: `${base}.glsl`, text: sections(glsl) },
    wat: { name: `${base}.wat`, text: moduleText(activationModule(activation, false)) },
  };
}

/** The part of a module that is written in tf ops, as it stands there. */
function composedOps(module: string): string {
  const start = module.lastIndexOf('/**', module.indexOf('\nfunction composedForward'));
  const end = module.indexOf('\n}\n', module.indexOf('\nfunction composedBackward')) + 3;
  return module.slice(start, end);
}

const sections = (parts: readonly (readonly [title: string, text: string])[]): string =>
  parts.map(([title, text]) => `// --- ${title} ---\n${text.trim()}\n`).join('\n');

/** The spec as the module exports it. */
function runtimeSpec({ spec: { family, m, n, denominator, target, interval }, fit }: Activation): ActivationSpec {
  const { c, d, rmse, maxError } = fit;
  return { basis: family.name, m, n, denominator, initial: { target: target.name, interval, c, d, rmse, maxError } };
}

function shaderKernels({ names, unscaled: { forward, backward } }: Activation): ShaderKernels {
  const embedded = (text: string): string => (text === '' ? '' : `\n${text}\n`);
  return {
    forward: {
      radius: safeRadius(forward) ?? -1,
      plain: embedded(plainForward(names, forward)),
      wide: embedded(wideForward(names, forward)),
    },
    backward: {
      radius: safeRadius(backward) ?? -1,
      plain: embedded(plainBackward(names, backward)),
      wide: embedded(wideBackward(names, backward)),
    },
    finish: embedded(finishSums(backward)),
  };
}
