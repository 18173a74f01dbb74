import { print, type Io } from './io.js';

/** Says which backends run generated layers in the project here, and what mends the others. Exit code 1 where one is broken. */
export async function doctorCommand(io: Io): Promise<number> {
  // By the package's name: the compiler knows nothing of tfjs, and the doctor loads it in processes of their own.
  const { examine, isHealthy, report } = await import('opau/doctor');
  const diagnoses = await examine({ cwd: io.cwd, env: io.env });
  await print(io, report(diagnoses));
  return isHealthy(diagnoses) ? 0 : 1;
}
