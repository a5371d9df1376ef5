import * as tf from '@tensorflow/tfjs';

// The peer of the slim runtime: the package as an app without the alias would bundle it.
Object.assign(globalThis, { tf });
