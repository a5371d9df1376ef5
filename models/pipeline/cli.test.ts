import { expect, test, vi } from 'vitest';
import { vigia } from './cli.fixture.ts';

// Each call starts Node and TensorFlow.js anew, which a busy machine may take its time for.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test('help is on stdout and ends with 0, for every stage', () => {
  const all = vigia('--help');
  expect(all.code).toBe(0);
  for (const stage of ['collect', 'train', 'score']) {
    expect(all.stdout).toContain(stage);
    const { code, stdout, stderr } = vigia(stage, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: vigia ${stage}`);
  }
});

test('a wrong call ends with 2, says what is wrong and shows how', () => {
  const calls = [
    [],
    ['fly'],
    ['toString'],
    ['score'],
    ['score', '--in'],
    ['train', '--colour', 'red'],
    ['score', 'a.csv'],
  ];
  for (const args of calls) {
    const { code, stdout, stderr } = vigia(...args);
    expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
    expect(stderr).toContain('Usage: vigia');
  }
});
