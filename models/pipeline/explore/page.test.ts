import { beforeAll, describe, expect, test } from 'vitest';
import { loadRawVisits } from '../lib/raw-visits.ts';
import { createRng } from '../lib/rng.ts';
import { type Exploration, explore, LEAST_SHOWN } from './explore.ts';
import { explorationPage } from './page.ts';
import { discriminants, principalComponents, standardised } from './projections.ts';

describe('projections', () => {
  const rng = createRng(1);
  const labels = Array.from({ length: 300 }, (_, i) => i % 2);
  // The first column spreads most, the second one tells the classes apart.
  const wide = Float64Array.from(labels, () => rng.normal());
  const alsoWide = wide.map((x) => x + 0.1 * rng.normal());
  const telling = Float64Array.from(labels, (label) => label + 0.2 * rng.normal());
  const x = standardised([wide, alsoWide, telling]);
  const names = ['wide', 'alsoWide', 'telling'];

  test('the first component follows what varies together', () => {
    const { loadings, explained } = principalComponents(x, names);
    expect(explained[0]).toBeGreaterThan(0.6);
    expect(Math.abs(loadings[0]?.[1] ?? 0)).toBeCloseTo(Math.abs(loadings[1]?.[1] ?? 0), 1);
    expect(Math.abs(loadings[2]?.[1] ?? 1)).toBeLessThan(0.2);
  });

  test('the first discriminant follows what tells the classes apart', () => {
    const { points, explained } = discriminants(x, labels, names);
    expect(explained[0]).toBeGreaterThan(0.99);
    const mean = (label: number): number => {
      const own = points.filter((_, i) => labels[i] === label).map(([first]) => first);
      return own.reduce((a, b) => a + b, 0) / own.length;
    };
    expect(Math.abs(mean(1) - mean(0))).toBeGreaterThan(3);
  });
});

describe('the page', () => {
  let found: Exploration;
  let page = '';

  beforeAll(async () => {
    const { visits } = await loadRawVisits('models/data/fixtures/synthetic-visits.csv');
    found = explore(visits);
    page = explorationPage(found, 'a <table> & more');
  });

  test('is whole in itself: no script, nothing from elsewhere, names escaped', () => {
    expect(/<script|src=|@import|url\(|https?:/.test(page)).toBe(false);
    expect([page.includes('a &lt;table&gt; &amp; more'), page.includes('<table> &'), page.includes('NaN')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('has every section with a plot or a table', () => {
    for (const id of [
      'categories',
      'numbers',
      'gaps',
      'correlations',
      'importance',
      'symptoms',
      'projections',
      'by-site',
      'over-time',
    ])
      expect(page.split(`id="${id}"`)[1]?.split('</section>')[0]).toMatch(/<svg|<table/);
  });

  test('shows no symptom of fewer visits than are shown', () => {
    expect(Math.min(...found.symptoms.map(({ rows }) => rows))).toBeGreaterThanOrEqual(LEAST_SHOWN);
  });

  test('counts every year and every site', () => {
    expect(found.byYear.map(({ year }) => year)).toEqual(['2023', '2024', '2025']);
    expect(found.byYear.reduce((sum, { rows }) => sum + rows, 0)).toBe(found.rows);
    expect(found.bySite.sites).toBe(20);
  });
});
