/** Languages that the compiler prints alone, by its own names. */
export const ALONE = ['wgsl', 'glsl', 'wat', 'latex'] as const;

/** Every text that the compiler writes, in the order of the tabs: the module, the tf ops in it, and each language alone. */
export const LANGUAGES = ['typescript', 'tfjs', ...ALONE] as const;
export type Language = (typeof LANGUAGES)[number];

/** The command that prints one text. */
export const commandOf = (command: string, language: Language): string =>
  (ALONE as readonly string[]).includes(language) ? `${command} --target ${language}` : command;
