import { spawn } from 'node:child_process';

/** Runs a command in a folder. Resolves to its standard output; rejects with all that it said where it fails. */
export function run(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    // Vitest's own variables are of no use to what is tried.
    const env = { ...process.env, NODE_OPTIONS: '', VITEST: '' };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += String(text)));
    child.stderr.on('data', (text: Buffer) => (stderr += String(text)));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`${[command, ...args].join(' ')} exited with ${code}\n${stdout}${stderr}`));
    });
  });
}
