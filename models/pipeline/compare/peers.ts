import { z } from 'zod';

const evaluationSchema = z.object({
  log_loss: z.number(),
  auc: z.number(),
  accuracy: z.number(),
  macro_f1: z.number(),
  ece: z.number(),
});
const peersSchema = z.object({
  runs: z.array(
    z.object({
      features: z.string(),
      model: z.string(),
      imbalance: z.string(),
      seconds: z.number().nullable(),
      eval: z.object({ validation: evaluationSchema.optional(), test: evaluationSchema }),
    }),
  ),
});

/** A published baseline on the same rows, made by other software. */
export interface Peer {
  readonly set: string;
  readonly model: string;
  readonly imbalance: string;
  readonly seconds: number | null;
  /** Absent where only test was published. */
  readonly validation?: PeerFigures;
  readonly test: PeerFigures;
}

export interface PeerFigures {
  readonly logLoss: number;
  readonly macroAuc: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly ece: number;
}

/** Reads `baselines_public.json`. @throws when it is not such a file */
export function readPeers(json: string): readonly Peer[] {
  return peersSchema.parse(JSON.parse(json)).runs.map(({ features, model, imbalance, seconds, eval: figures }) => ({
    ...{ set: features, model, imbalance, seconds },
    ...(figures.validation && { validation: figuresOf(figures.validation) }),
    test: figuresOf(figures.test),
  }));
}

function figuresOf({ log_loss, auc, accuracy, macro_f1, ece }: z.infer<typeof evaluationSchema>): PeerFigures {
  return { logLoss: log_loss, macroAuc: auc, accuracy, macroF1: macro_f1, ece };
}
