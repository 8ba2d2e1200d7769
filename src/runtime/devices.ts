/** Where graphs are computed. A new device is one more record here; no other file names devices. */
export const devices = [
  { name: 'cpu', provider: 'cpu', trainings: Number.POSITIVE_INFINITY, needs: 'nothing' },
  // The provider has one context a process, and two threads in it bring the process down.
  { name: 'webgpu', provider: 'webgpu', trainings: 1, needs: 'a graphics driver (Vulkan, Metal or Direct3D 12)' },
  {
    name: 'cuda',
    provider: 'cuda',
    trainings: 1,
    needs: "an NVIDIA driver, CUDA 12 and onnxruntime-node's CUDA libraries",
  },
] as const satisfies readonly Device[];

export interface Device {
  /** As on the command line. */
  readonly name: string;
  /** onnxruntime's name of the execution provider. */
  readonly provider: string;
  /** Trainings that may run there at the same time. */
  readonly trainings: number;
  /** What must be installed beside this package. */
  readonly needs: string;
}

export type DeviceName = (typeof devices)[number]['name'];

/** The one that is always there, and whose numbers are the same bits on every run. */
export const defaultDevice: DeviceName = 'cpu';

/** What may be asked for: a device, or the one that is found to be best. */
export const deviceChoices = [...devices.map(({ name }) => name), 'auto'] as const;
export type DeviceChoice = (typeof deviceChoices)[number];

/** All that is known of a device. */
export function deviceOf(name: DeviceName): Device {
  const device = devices.find((d) => d.name === name);
  if (!device) throw new RangeError(`runtime: no device "${name}"`);
  return device;
}
