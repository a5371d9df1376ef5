/**
 * TensorFlow.js with nothing but what a forecast needs: the CPU backend and the kernels in use. Vite and Vitest resolve
 * `@tensorflow/tfjs` to this file; in Node the pipeline gets the whole package. The package itself registers every
 * kernel of two backends on import, which no bundler can take out again (176 KB brotli instead of 24).
 *
 * Add an operation here together with the kernels it runs on, and look at the budget the build prints.
 */
import '@tensorflow/tfjs-core/dist/base_side_effects';
import '@tensorflow/tfjs-backend-cpu/dist/base';
import { _fusedMatMulConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/_FusedMatMul';
import { castConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Cast';
import { identityConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Identity';
import { reshapeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Reshape';
import { softmaxConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Softmax';
import { decodeWeights } from '@tensorflow/tfjs-core/dist/io/io_utils';
import { registerKernel } from '@tensorflow/tfjs-core/dist/kernel_registry';
import { matMul } from '@tensorflow/tfjs-core/dist/ops/fused/mat_mul';

for (const kernel of [_fusedMatMulConfig, castConfig, identityConfig, reshapeConfig, softmaxConfig])
  registerKernel(kernel);

export { env } from '@tensorflow/tfjs-core/dist/environment';
export { dispose, getBackend, memory, ready, setBackend, tidy } from '@tensorflow/tfjs-core/dist/globals';
export { softmax } from '@tensorflow/tfjs-core/dist/ops/softmax';
export { tensor } from '@tensorflow/tfjs-core/dist/ops/tensor';
export { tensor2d } from '@tensorflow/tfjs-core/dist/ops/tensor2d';
export const fused = { matMul };
export const io = { decodeWeights };
