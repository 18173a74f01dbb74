/** The languages in which the kernels of one activation can be had alone: names, which help need not wait for. */
export const LANGUAGE_NAMES = ['typescript', 'wgsl', 'glsl', 'wat', 'latex'] as const;
export type LanguageName = (typeof LANGUAGE_NAMES)[number];
