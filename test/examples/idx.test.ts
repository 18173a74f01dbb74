import { describe, expect, test } from 'vitest';
import { formatIdx, parseIdxLabels, parseIdxPictures } from '../../examples/fashion-mnist/idx.js';
import { UserError } from '../../examples/fashion-mnist/user-error.js';

const file = (bytes: Uint8Array) => ({ path: '/data/file', bytes });

/** 0x00000803, two pictures of 2 x 3. */
const PICTURES = Uint8Array.from([
  0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
]);
/** 0x00000801, three labels. */
const LABELS = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 3, 9, 0, 4]);

describe('sound files', () => {
  test('pictures', () => {
    const { count, height, width, pixels } = parseIdxPictures(file(PICTURES));
    expect([count, height, width]).toEqual([2, 2, 3]);
    expect([...pixels]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('labels', () => expect([...parseIdxLabels(file(LABELS), 10)]).toEqual([9, 0, 4]));

  test('formatIdx is the inverse', () => {
    expect(formatIdx([2, 2, 3], parseIdxPictures(file(PICTURES)).pixels)).toEqual(PICTURES);
    expect(formatIdx([3], parseIdxLabels(file(LABELS), 10))).toEqual(LABELS);
  });
});

describe('faulty files', () => {
  const longer = Uint8Array.from([...PICTURES, 0]);
  const none = formatIdx([0, 2, 3], new Uint8Array());
  test.each([
    [
      'an empty file',
      () => parseIdxPictures(file(new Uint8Array())),
      '/data/file: truncated, 0 bytes are too few for an IDX picture header of 16',
    ],
    [
      'half a header',
      () => parseIdxLabels(file(LABELS.subarray(0, 6)), 10),
      '/data/file: truncated, 6 bytes are too few for an IDX label header of 8',
    ],
    [
      'labels for pictures',
      () => parseIdxPictures(file(Uint8Array.from([...LABELS, 0, 0, 0, 0, 0]))),
      '/data/file: not an IDX picture file, its first four bytes are 0x00000801 and not 0x00000803',
    ],
    [
      'missing pixels',
      () => parseIdxPictures(file(PICTURES.subarray(0, 27))),
      '/data/file: truncated, its header promises 2 pictures of 2 x 3 = 12 bytes and 11 follow',
    ],
    [
      'more than promised',
      () => parseIdxPictures(file(longer)),
      '/data/file: too long, its header promises 2 pictures of 2 x 3 = 12 bytes and 13 follow',
    ],
    ['no pictures', () => parseIdxPictures(file(none)), '/data/file: holds no pictures'],
    [
      'a label out of range',
      () => parseIdxLabels(file(LABELS), 9),
      '/data/file: label 9 of item 0, labels go from 0 to 8',
    ],
  ])('%s', (_, parse, message) => {
    expect(parse).toThrow(new UserError(message));
  });
});
