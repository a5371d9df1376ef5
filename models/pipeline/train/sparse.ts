/**
 * Rows of which most numbers are zero, as inputs of the first layer are: row r has the cells starts[r] up to
 * starts[r + 1], each a column and its value.
 */
export interface SparseRows {
  readonly starts: Uint32Array;
  readonly columns: Uint16Array;
  readonly values: Float32Array;
}

/** Cells that are not zero, after `change` (dropout, say) had its turn with each. */
export function sparseOf(
  rows: readonly Float32Array[],
  change: (value: number) => number = (value) => value,
): SparseRows {
  const starts = new Uint32Array(rows.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (const [row, vector] of rows.entries()) {
    for (let column = 0; column < vector.length; column += 1) {
      const value = vector[column] ?? 0;
      if (value === 0) continue;
      const changed = change(value);
      if (changed === 0) continue;
      columns.push(column);
      values.push(changed);
    }
    starts[row + 1] = values.length;
  }
  return { starts, columns: Uint16Array.from(columns), values: Float32Array.from(values) };
}

/** `rows · kernel`, row after row. @param kernel width × out, row after row */
export function multiply(x: SparseRows, kernel: Float32Array, out: number): Float32Array {
  const rows = x.starts.length - 1;
  const product = new Float32Array(rows * out);
  for (let row = 0; row < rows; row += 1)
    for (let cell = x.starts[row] ?? 0; cell < (x.starts[row + 1] ?? 0); cell += 1) {
      const value = x.values[cell] ?? 0;
      const from = (x.columns[cell] ?? 0) * out;
      const to = row * out;
      for (let j = 0; j < out; j += 1) product[to + j] = (product[to + j] ?? 0) + value * (kernel[from + j] ?? 0);
    }
  return product;
}

/** The slope with respect to the kernel of {@link multiply}, given that of its product. */
export function kernelGradient(x: SparseRows, slope: Float32Array, size: number): Float32Array {
  const rows = x.starts.length - 1;
  const out = slope.length / rows;
  const gradient = new Float32Array(size);
  for (let row = 0; row < rows; row += 1)
    for (let cell = x.starts[row] ?? 0; cell < (x.starts[row + 1] ?? 0); cell += 1) {
      const value = x.values[cell] ?? 0;
      const to = (x.columns[cell] ?? 0) * out;
      const from = row * out;
      for (let j = 0; j < out; j += 1) gradient[to + j] = (gradient[to + j] ?? 0) + value * (slope[from + j] ?? 0);
    }
  return gradient;
}
