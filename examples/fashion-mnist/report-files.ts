import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './user-error.js';

/** Makes the report's directory and proves that it can be written, before any time is spent on training. */
export function prepareReportFolder(folder: string): void {
  const probe = join(folder, `.probe-${process.pid}`);
  explain(folder, () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
  });
}

/** Returns the page's path. */
export function writeReport(folder: string, html: string, json: unknown): string {
  const page = join(folder, 'report.html');
  explain(folder, () => {
    writeFileSync(page, html);
    writeFileSync(join(folder, 'report.json'), `${JSON.stringify(json, null, 1)}\n`);
  });
  return page;
}

function explain(folder: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`${folder}: the report cannot be written there (${code ?? 'unknown error'})`);
  }
}
