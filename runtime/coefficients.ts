import { broadcastTo, serialization, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';

export interface CoefficientsArgs {
  readonly values: readonly number[];
}

/** An initialiser that sets coefficients, e.g. those of a fit: `new Coefficients({ values: [0, 1] })`. */
export class Coefficients extends serialization.Serializable {
  static readonly className = 'OpauCoefficients';
  readonly values: readonly number[];

  constructor({ values }: CoefficientsArgs) {
    super();
    if (values.some((value) => !Number.isFinite(value))) {
      throw new Error(`Coefficients: values [${values.join(', ')}] must all be finite`);
    }
    this.values = [...values];
  }

  /** The values, the same for each set of a shape [..., values.length]. */
  apply(shape: number[]): Tensor {
    if (shape.at(-1) !== this.values.length) {
      throw new Error(`Coefficients: ${this.values.length} values cannot fill a weight of shape [${shape.join(', ')}]`);
    }
    return tidy(() => broadcastTo(tensor1d([...this.values]), shape));
  }

  fromConfigUsesCustomObjects(): boolean {
    return false;
  }

  getConfig(): serialization.ConfigDict {
    return { values: [...this.values] };
  }
}
serialization.registerClass(Coefficients);
