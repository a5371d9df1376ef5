/** Just enough of the protocol buffers' wire format to write an ONNX file: https://protobuf.dev/programming-guides/encoding */
const VARINT = 0;
const BYTES = 2;

/** A whole number; negative ones do not occur in what is written here. */
export function integer(field: number, value: number): Uint8Array {
  return concat([varint(field * 8 + VARINT), varint(value)]);
}

/** Bytes, or a message made of its fields. */
export function message(field: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return concat([varint(field * 8 + BYTES), varint(length), ...parts]);
}

/** UTF-8 text. */
export function string(field: number, value: string): Uint8Array {
  return message(field, new TextEncoder().encode(value));
}

/** Parts one after another. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.from([...bytes, rest]);
}
