// typescript-eslint, not a faster linter without types: what matters here are promises that nobody awaits and values that
// are not what they seem, and finding those takes the type checker. Layout is prettier's.
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores([
    'dist',
    'report',
    'generated',
    'test/.emitted',
    '.tensorflow',
    'test/package/projects',
    'compiler/emit/template.ts',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // An assertion too many harms nobody, and with arrays it depends on the version of the compiler.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // A function may be async because its type is.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowArray: true },
      ],
      // Types of tfjs and of the web are written with methods; nothing here uses `this` by accident.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Tests read what programs print, colours among it, and look into values that have no type.
    files: ['test/**'],
    rules: {
      'no-control-regex': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
);
