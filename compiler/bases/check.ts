import { MAX_DEGREE, type Family } from './family.js';
import { isBuiltIn, knownNames } from './index.js';
import { UsageError } from '../errors.js';
import { isZero } from '../exact/rational.js';

/**
 * Words that begin with a letter, so that no file name reads in two ways: degrees and parameters (`5`, `1o2`, `m1o2`) are
 * words of file names, too.
 */
const NAME = /^(?!m\d)[a-z][a-z0-9]{0,30}(?:-(?!m\d)[a-z][a-z0-9]{0,30}){0,3}$/;
const CLASS_PREFIX = /^[A-Z][A-Za-z0-9]*$/;
/** One line of printable text: it goes into comments. */
const LINE = /^[^\p{Cc}\u2028\u2029]{0,120}$/u;

/**
 * Checks a family that is not one of the compiler's before any of it comes near code: its names, its texts, and its
 * recurrence for every degree. Throws UsageError.
 */
export function checkFamily(family: Family): Family {
  if (isBuiltIn(family)) return family;
  const { name, title, write, formula, classPrefix, recurrenceText } = family;
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new UsageError(
      `a basis is named ${JSON.stringify(name)}: use lower-case words of letters and digits that begin with a letter, ` +
        'joined by -, such as my-basis',
    );
  }
  if (knownNames.includes(name)) {
    throw new UsageError(`a basis of your own is named "${name}", as one of opau's is: give it another name`);
  }
  if (recurrenceText === undefined || family.fileStem !== undefined) {
    throw new UsageError(`the basis ${name} is an object of unknown origin: make it with recurrenceFamily()`);
  }
  if (!CLASS_PREFIX.test(classPrefix)) {
    throw new UsageError(`basis ${name} has the class prefix ${JSON.stringify(classPrefix)}: use PascalCase`);
  }
  for (const text of [title, formula, write('k'), ...(family.where ?? []), ...Object.values(recurrenceText)]) {
    if (typeof text === 'string' && LINE.test(text)) continue;
    throw new UsageError(`basis ${name} has the text ${JSON.stringify(text)}: use one line of at most 120 characters`);
  }
  for (let k = 0; k <= MAX_DEGREE; k++) {
    if (!isZero(family.recurrence(k).a)) continue;
    throw new UsageError(
      `basis ${name} has a = 0 at k = ${k}: f_${k + 1} must have degree ${k + 1}, so a must not be 0 for k <= ${MAX_DEGREE}`,
    );
  }
  return family;
}
