import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

export interface Projection {
  /** Two coordinates per row. */
  readonly points: readonly (readonly [number, number])[];
  /** Share of variance (PCA), or of the variance between classes (LDA), along each axis. */
  readonly explained: readonly number[];
  /** Weight of each column on each of the two axes. */
  readonly loadings: readonly (readonly [name: string, first: number, second: number])[];
}

/** Keeps a rare symptom from making the covariance singular. */
const RIDGE = 1e-2;

/** Centred rows, gaps at the mean; numbers are divided by their deviation. */
export function standardised(columns: readonly Float64Array[]): Matrix {
  const rows = columns[0]?.length ?? 0;
  const out = Matrix.zeros(rows, columns.length);
  for (const [k, column] of columns.entries()) {
    const known = column.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((a, b) => a + b, 0) / Math.max(1, known.length);
    const deviation = Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, known.length)) || 1;
    for (const [i, value] of column.entries()) out.set(i, k, Number.isNaN(value) ? 0 : (value - mean) / deviation);
  }
  return out;
}

/** Principal components of standardised rows. */
export function principalComponents(x: Matrix, names: readonly string[]): Projection {
  const covariance = x.transpose().mmul(x).div(Math.max(1, x.rows));
  const { vectors, shares } = leading(covariance);
  return project(x, vectors, shares, names);
}

/** Fisher's discriminants: directions in which classes lie far apart, compared with the spread inside them. */
export function discriminants(x: Matrix, labels: ArrayLike<number>, names: readonly string[]): Projection {
  const { within, between } = scatter(x, labels);
  const spread = new EigenvalueDecomposition(within.add(Matrix.eye(x.columns).mul(RIDGE)), { assumeSymmetric: true });
  const scales = Matrix.diag(spread.realEigenvalues.map((value) => 1 / Math.sqrt(Math.max(value, RIDGE))));
  const whitening = spread.eigenvectorMatrix.mmul(scales);
  const { vectors, shares } = leading(whitening.transpose().mmul(between).mmul(whitening));
  return project(x, whitening.mmul(vectors), shares, names);
}

function scatter(x: Matrix, labels: ArrayLike<number>): { readonly within: Matrix; readonly between: Matrix } {
  const rowsOf = Map.groupBy(
    Array.from({ length: x.rows }, (_, i) => i),
    (i) => labels[i] ?? 0,
  );
  const within = Matrix.zeros(x.columns, x.columns);
  const between = Matrix.zeros(x.columns, x.columns);
  for (const rows of rowsOf.values()) {
    const own = x.subMatrixRow([...rows]);
    const mean = Matrix.rowVector(own.mean('column'));
    const centred = own.subRowVector(mean.to1DArray());
    within.add(centred.transpose().mmul(centred).div(x.rows));
    between.add(
      mean
        .transpose()
        .mmul(mean)
        .mul(rows.length / x.rows),
    );
  }
  return { within, between };
}

/** The two leading eigenvectors as columns, signed so that their greatest weight is positive. */
function leading(symmetric: Matrix): { readonly vectors: Matrix; readonly shares: readonly number[] } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const order = [...realEigenvalues.keys()].sort((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0));
  const total = realEigenvalues.reduce((sum, value) => sum + Math.max(0, value), 0) || 1;
  const chosen = order.slice(0, 2);
  const vectors = eigenvectorMatrix.subMatrixColumn(chosen);
  for (let k = 0; k < vectors.columns; k += 1) {
    const weights = vectors.getColumn(k);
    const greatest = weights.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
    if (greatest < 0) vectors.mulColumn(k, -1);
  }
  return { vectors, shares: chosen.map((i) => (realEigenvalues[i] ?? 0) / total) };
}

function project(x: Matrix, vectors: Matrix, explained: readonly number[], names: readonly string[]): Projection {
  const projected = x.mmul(vectors);
  return {
    points: Array.from({ length: x.rows }, (_, i) => [projected.get(i, 0), projected.get(i, 1)] as const),
    explained,
    loadings: names.map((name, k) => [name, vectors.get(k, 0), vectors.get(k, 1)] as const),
  };
}
