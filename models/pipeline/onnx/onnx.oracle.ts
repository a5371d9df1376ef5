/**
 * A small reader and interpreter of ONNX in double precision, for the operators the export writes: what tests hold the
 * file against. It knows nothing of the writer, only onnx.proto3's field numbers.
 */
type Fields = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

interface Tensor {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** Probabilities of one encoded row. */
export function runOnnx(file: Uint8Array, row: ArrayLike<number>): readonly number[] {
  const graph = parse(bytesIn(parse(file), 7)[0] ?? new Uint8Array());
  const known = new Map<string, Tensor>([['x', { shape: [1, row.length], values: Array.from(row) }]]);
  for (const bytes of bytesIn(graph, 5)) {
    const tensor = parse(bytes);
    known.set(textIn(tensor, 8), { shape: numbersIn(tensor, 1), values: floats(bytesIn(tensor, 9)[0]) });
  }
  for (const bytes of bytesIn(graph, 1)) {
    const node = parse(bytes);
    const inputs = bytesIn(node, 1).map((name) => known.get(decode(name)));
    if (inputs.includes(undefined)) throw new Error('a node reads what nobody wrote');
    known.set(textIn(node, 2), apply(textIn(node, 4), inputs as readonly Tensor[]));
  }
  return known.get('p')?.values ?? [];
}

function apply(type: string, [a, b, c]: readonly Tensor[]): Tensor {
  if (!a) throw new Error(`${type} without input`);
  const at = (t: Tensor | undefined, i: number): number => t?.values[i % t.values.length] ?? Number.NaN;
  switch (type) {
    case 'Sub':
      return { ...a, values: a.values.map((x, i) => x - at(b, i)) };
    case 'Div':
      return { ...a, values: a.values.map((x, i) => x / at(b, i)) };
    case 'Relu':
      return { ...a, values: a.values.map((x) => Math.max(0, x)) };
    case 'Gemm': {
      const width = b?.shape[1] ?? 0;
      const values = Array.from({ length: width }, (_, o) =>
        a.values.reduce((sum, x, i) => sum + x * (b?.values[i * width + o] ?? Number.NaN), at(c, o)),
      );
      return { shape: [1, width], values };
    }
    case 'Softmax': {
      const powers = a.values.map((x) => Math.exp(x - Math.max(...a.values)));
      const sum = powers.reduce((x, y) => x + y, 0);
      return { ...a, values: powers.map((x) => x / sum) };
    }
    default:
      throw new Error(`unknown operator ${type}`);
  }
}

function parse(bytes: Uint8Array): Fields {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let offset = 0;
  const varint = (): number => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = bytes[offset] ?? 0;
      offset += 1;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
      factor *= 128;
    }
  };
  while (offset < bytes.length) {
    const tag = varint();
    const first = varint();
    const isBytes = tag % 8 === 2;
    if (!isBytes && tag % 8 !== 0) throw new Error('unexpected wire type');
    if (isBytes && offset + first > bytes.length) throw new Error('a field longer than its message');
    const field = Math.floor(tag / 8);
    fields.set(field, [...(fields.get(field) ?? []), isBytes ? bytes.subarray(offset, offset + first) : first]);
    if (isBytes) offset += first;
  }
  return fields;
}

const bytesIn = (fields: Fields, field: number): readonly Uint8Array[] =>
  (fields.get(field) ?? []).filter((value) => typeof value !== 'number');
const numbersIn = (fields: Fields, field: number): readonly number[] =>
  (fields.get(field) ?? []).filter((value) => typeof value === 'number');
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const textIn = (fields: Fields, field: number): string => decode(bytesIn(fields, field)[0] ?? new Uint8Array());

function floats(bytes: Uint8Array = new Uint8Array()): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
}
