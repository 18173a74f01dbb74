/** The process of one probe: `child.js NAME`, with the project as its working directory. Answers by IPC: backends print. */
import { CANDIDATES } from './backends.js';
import { probe, type Probe } from './probe.js';

const candidate = CANDIDATES.find(({ name }) => name === process.argv[2]);
if (candidate === undefined || process.send === undefined) throw new Error('to be started by opau-gen doctor');

const result = await probe(candidate, process.cwd()).catch((error: unknown): Probe => {
  const reason = error instanceof Error ? error.message : String(error);
  return { state: 'broken', reason };
});
// Threads of a native backend would keep the process.
process.send(result, () => process.exit());
