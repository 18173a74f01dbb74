/** A function to approximate. `name` is canonical, e.g. `leaky_relu(0.01)`: it stands in headers and in the spec's hash. */
export interface Target {
  readonly name: string;
  readonly evaluate: (x: number) => number;
}
