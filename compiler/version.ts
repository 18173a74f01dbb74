/** The compiler's version, as emitted files name it; a test holds it equal to package.json's. */
export const VERSION = '0.1.0';
