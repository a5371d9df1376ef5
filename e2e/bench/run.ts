import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { startServer } from '#endpoint/server.ts';
import { ensureBrowser } from '#tools/find-browser.ts';
import { CHROMIUM_ARGS } from '../support/chromium-args.ts';
import { buildBenchPage } from './build-page.ts';
import type { BenchPage } from './pages/bench.ts';
import { measurePipeline } from './pipeline.ts';
import { type Figure, printTable } from './report.ts';
import { measureSizes } from './sizes.ts';
import { summarise } from './statistics.ts';

/** Slow tablets are imitated with the browser's own processor throttling of the page's main thread. */
const FORECAST_THROTTLE = 6;
const SAVE_THROTTLE = 4;
const FORECASTS = 1000;
const SAVES = 200;
const RECORDS_ON_DEVICE = 100_000;

async function throttle(context: BrowserContext, page: Page, rate: number): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

async function openPage(context: BrowserContext, url: string, rate: number): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
  await page.goto(`${url}/bench.html`);
  await page.waitForFunction(() => globalThis.bench !== undefined);
  await throttle(context, page, rate);
  return page;
}

function call<K extends keyof BenchPage>(
  page: Page,
  name: K,
  count: number,
): Promise<Awaited<ReturnType<BenchPage[K]>>> {
  return page.evaluate(
    async ([method, n]) => {
      const { bench } = globalThis;
      if (!bench) throw new Error('bench page not ready');
      return bench[method](n) as never;
    },
    [name, count] as const,
  );
}

async function measureInBrowser(context: BrowserContext, url: string): Promise<Figure[]> {
  const slow = await openPage(context, url, FORECAST_THROTTLE);
  await call(slow, 'forecast', 50);
  const forecast = await call(slow, 'forecast', FORECASTS);
  const worst = await call(slow, 'parity', 2000);
  const roundTrip = summarise(await call(slow, 'worker', FORECASTS));
  await slow.close();
  const saving = await openPage(context, url, SAVE_THROTTLE);
  await call(saving, 'save', 20);
  const save = await call(saving, 'save', SAVES);
  await saving.close();
  const [tfjs, loop] = [summarise(forecast.tfjs), summarise(forecast.loop)];
  const [strict, relaxed] = [summarise(save.strict), summarise(save.relaxed)];
  return [
    {
      name: 'one forecast, page thread at 6× slower, p99',
      unit: 'ms',
      value: tfjs.p99,
      limit: 16.7,
      peer: { name: 'typed-array loop', value: loop.p99 },
    },
    {
      name: 'one forecast, page thread at 6× slower, p50',
      unit: 'ms',
      value: tfjs.p50,
      peer: { name: 'typed-array loop', value: loop.p50 },
    },
    { name: 'question to worker and back, page at 6× slower, p99', unit: 'ms', value: roundTrip.p99, limit: 16.7 },
    { name: 'largest |Δp|, TF.js against the loop', unit: '', value: worst, limit: 1e-6 },
    {
      name: 'save, strict with chain and outbox, 4× slower, p95',
      unit: 'ms',
      value: strict.p95,
      limit: 50,
      peer: { name: 'plain relaxed put', value: relaxed.p95 },
    },
    {
      name: 'save, strict with chain and outbox, 4× slower, p50',
      unit: 'ms',
      value: strict.p50,
      peer: { name: 'plain relaxed put', value: relaxed.p50 },
    },
  ];
}

/** At the machine's own speed: the budget of the worklist speaks of this machine. */
async function measureWorklist(context: BrowserContext, url: string): Promise<Figure[]> {
  const page = await openPage(context, url, 1);
  const times = await call(page, 'worklist', RECORDS_ON_DEVICE);
  await page.close();
  const peer = { name: 'reading every row', value: summarise(times.peer).p50 };
  const figure = (name: string, samples: readonly number[], limit?: number): Figure => ({
    name: `100,000 records on the device: ${name}, p50`,
    unit: 'ms',
    value: summarise(samples).p50,
    ...(limit !== undefined && { limit }),
  });
  return [
    { ...figure('worklist opens', times.worklist, 300), peer },
    figure('next 200 to send', times.nextBatch, 50),
    figure('200 receipts noted', times.markDelivered),
    figure('counts of the worklist', times.badge),
    figure('counts of the queue', times.counts),
    figure('search by code', times.search),
    {
      ...figure('save', times.save),
      name: '100,000 records on the device: save, p95',
      value: summarise(times.save).p95,
    },
  ];
}

async function main(): Promise<number> {
  const browser = await ensureBrowser();
  if (!browser) return 1;
  const work = await mkdtemp(join(tmpdir(), 'vigia-bench-'));
  try {
    const sizes = await measureSizes(work);
    const dist = await buildBenchPage(join(work, 'page'));
    const server = await startServer({ port: 0, host: 'localhost', dataDir: join(work, 'data'), distDir: dist });
    const context = await chromium.launchPersistentContext(join(work, 'profile'), {
      executablePath: browser,
      args: [...CHROMIUM_ARGS],
    });
    let timed: readonly Figure[];
    try {
      timed = [...(await measureInBrowser(context, server.url)), ...(await measureWorklist(context, server.url))];
    } finally {
      await context.close();
      await server.close();
    }
    const figures = [...sizes, ...timed, ...measurePipeline(work)];
    process.stdout.write(printTable(figures));
    await mkdir('e2e/results', { recursive: true });
    await writeFile('e2e/results/bench.json', `${JSON.stringify({ figures }, undefined, 2)}\n`);
    return figures.every((f) => f.limit === undefined || f.value <= f.limit) ? 0 : 1;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

process.exitCode = await main();
