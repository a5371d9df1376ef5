import { readFileSync } from 'node:fs';
import { BadBundleError, openBundle, weightsPath } from '../lib/bundle.ts';
import { writeAtomic } from '../lib/files.ts';
import { useCpuBackend } from '../lib/tf-setup.ts';
import { toOnnx } from '../onnx/onnx.ts';
import { type Command, CommandError, type OptionValues, say, text } from './command.ts';

export const exportCommand: Command = {
  summary: 'write the network in another format',
  help: `Usage: vigia export --format onnx --out FILE [--bundle DIR]

Writes the network as ONNX (opset 13): encoded rows in, calibrated probabilities out. The encoder is not in it: the inputs
are those of src/domain/features, named in the metadata with categories and thresholds.

  --format onnx
  --out FILE
  --bundle DIR   a version's folder, or the folder with current.json   [public/model]`,
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    bundle: { type: 'string', default: 'public/model' },
  },
  required: ['format', 'out'],
  run: runExport,
};

async function runExport(values: OptionValues): Promise<0 | 1> {
  const [format, out, bundle] = ['format', 'out', 'bundle'].map((name) => text(values, name) ?? '') as [
    string,
    string,
    string,
  ];
  if (format !== 'onnx') throw new CommandError(`--format ${format} is not known; there is onnx`);
  await useCpuBackend();
  try {
    const model = openBundle(bundle);
    const bytes = toOnnx(model.manifest, new Uint8Array(readFileSync(weightsPath(bundle, model.manifest))).buffer);
    model.dispose();
    writeAtomic(out, bytes);
    say(`${out}: ${bytes.length} bytes, ${model.manifest.name} ${model.manifest.version}`);
    return 0;
  } catch (error) {
    if (error instanceof BadBundleError) throw new CommandError(error.message);
    throw error;
  }
}
