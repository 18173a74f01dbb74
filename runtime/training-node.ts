/** What `opau/training` has for Node: `opau/training-node`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import type { Recording } from './training/recording.js';
import { trainingReport, type ReportOptions } from './training/report/index.js';

/**
 * Writes `training.html`, the page of `trainingReport`, and `training.json`, the recording, into a directory, which is made
 * where it is missing. Returns the page's path. Throws an Error of one line where it cannot be written; the recording is
 * still there then, and may be written elsewhere.
 */
export async function writeTrainingReport(
  directory: string,
  recording: Recording,
  options: ReportOptions = {},
): Promise<string> {
  const html = trainingReport(recording, options);
  const page = join(directory, 'training.html');
  try {
    await mkdir(directory, { recursive: true });
    await writeFile(page, html);
    await writeFile(join(directory, 'training.json'), `${JSON.stringify(recording)}\n`);
  } catch (error) {
    const { code, errno } = error as NodeJS.ErrnoException;
    if (errno === undefined) throw error;
    const reason = getSystemErrorMap().get(errno)?.[1] ?? 'the system refused';
    throw new Error(
      `cannot write the report to ${directory}: ${reason} (${code}); give another directory, or keep the text of trainingReport()`,
      { cause: error },
    );
  }
  return page;
}
