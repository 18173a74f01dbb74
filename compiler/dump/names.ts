/** What `--dump` can show, in the order of the compiler, and how it writes it: names alone, which help need not wait for. */
export const STAGE_NAMES = ['expand', 'form', 'differentiate', 'stabilise', 'share'] as const;
export type StageName = (typeof STAGE_NAMES)[number];

export const FORMATS = ['text', 'latex'] as const;
export type Format = (typeof FORMATS)[number];
