import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What cures depend on. */
export interface Machine {
  readonly nodeMajor: number;
  readonly platform: NodeJS.Platform;
  /** Whether the loader of Vulkan drivers is installed; undefined where this is not Linux. */
  readonly vulkanLoader?: boolean;
  /** Files that VK_ICD_FILENAMES or VK_DRIVER_FILES names and that are not there. */
  readonly missingDrivers: readonly string[];
  /** The driver that computes in software, where there is one. */
  readonly softwareDriver?: string;
  /** Whether there is an NVIDIA card whose kernel driver runs. */
  readonly nvidia: boolean;
  /** The newest CUDA that the card's driver runs, e.g. "12.4". */
  readonly cuda?: string;
}

/** What Debian's and Ubuntu's chromium bring. */
const SOFTWARE_DRIVERS = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
];

/** Looks at this machine: files, and the output of ldconfig and nvidia-smi where those are there. */
export function thisMachine(env: Readonly<Record<string, string | undefined>>): Machine {
  const { platform } = process;
  const nvidia = platform === 'linux' && existsSync('/proc/driver/nvidia/version');
  const drivers = [env['VK_ICD_FILENAMES'], env['VK_DRIVER_FILES']].flatMap((list) => (list ?? '').split(':'));
  const loader = platform === 'linux' ? output('ldconfig', '-p')?.includes('libvulkan.so.1') : undefined;
  const software = SOFTWARE_DRIVERS.find((path) => existsSync(path));
  const cuda = nvidia ? /CUDA Version: *([\d.]+)/.exec(output('nvidia-smi') ?? '')?.[1] : undefined;
  return {
    nodeMajor: Number(process.versions.node.split('.')[0]),
    platform,
    ...(loader === undefined ? {} : { vulkanLoader: loader }),
    missingDrivers: drivers.filter((path) => path !== '' && !existsSync(path)),
    ...(software === undefined ? {} : { softwareDriver: software }),
    nvidia,
    ...(cuda === undefined ? {} : { cuda }),
  };
}

/** A command's standard output; undefined where it is missing or fails. */
function output(command: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', timeout: 10_000 });
  return status === 0 ? stdout : undefined;
}
