/** Every language that the compiler writes, in the order of the tabs. */
export const LANGUAGES = ['typescript', 'tfjs', 'wgsl', 'glsl', 'wat'] as const;
export type Language = (typeof LANGUAGES)[number];
