import { describe, expect, test } from 'vitest';
import { readPeers } from './peers.ts';

const EVALUATION = { log_loss: 0.8, auc: 0.84, accuracy: 0.66, macro_f1: 0.5, ece: 0.02, balanced_acc: 0.4 };

describe('published baselines', () => {
  test('are read with the names of our own figures', () => {
    const run = {
      features: 'c',
      model: 'xgb',
      imbalance: 'none',
      seconds: 3,
      eval: { validation: EVALUATION, test: EVALUATION },
    };
    const [peer] = readPeers(JSON.stringify({ feature_sets: {}, runs: [run] }));
    expect(peer?.test).toEqual({ logLoss: 0.8, macroAuc: 0.84, accuracy: 0.66, macroF1: 0.5, ece: 0.02 });
  });

  test('may lack validation figures and times', () => {
    const run = { features: 'c', model: 'tuned', imbalance: 'none', seconds: null, eval: { test: EVALUATION } };
    expect(readPeers(JSON.stringify({ runs: [run] }))[0]).not.toHaveProperty('validation');
  });

  test('that are something else are refused', () => {
    expect(() => readPeers('{"runs":[{"model":"xgb"}]}')).toThrow();
  });
});
