import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { findBrowser } from '#tools/find-browser.ts';
import { CHROMIUM_ARGS } from './chromium-args.ts';

export interface TabletOptions {
  readonly locale?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
}

/** What Chromium itself writes when a server cannot be reached: the rule for this app, not a fault of it. */
const NO_NETWORK = /^Failed to load resource: net::ERR_|^An unknown error occurred when fetching the script/;

/** One tablet: a browser with a profile of its own that outlives the browser. */
export class Tablet {
  readonly #profile: string;
  readonly #options: TabletOptions;
  #context: BrowserContext | undefined;
  /** Errors in the console and those nobody caught, a breach of the content security policy among them. */
  readonly errors: string[] = [];

  private constructor(profile: string, options: TabletOptions) {
    this.#profile = profile;
    this.#options = options;
  }

  static async unpack(options: TabletOptions = {}): Promise<Tablet> {
    const tablet = new Tablet(await mkdtemp(join(tmpdir(), 'vigia-tablet-')), options);
    await tablet.open();
    return tablet;
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('the browser is closed');
    return this.#context;
  }

  get page(): Page {
    const page = this.context.pages()[0];
    if (!page) throw new Error('no page open');
    return page;
  }

  /** Opens the browser on the profile, as after a restart of the tablet. */
  async open(): Promise<void> {
    const browser = findBrowser();
    this.#context = await chromium.launchPersistentContext(this.#profile, {
      ...(browser && { executablePath: browser }),
      args: [...CHROMIUM_ARGS],
      viewport: this.#options.viewport ?? { width: 1180, height: 820 },
      colorScheme: this.#options.colorScheme ?? 'light',
      locale: this.#options.locale ?? 'es-CO',
      timezoneId: 'America/Bogota',
    });
    this.#context.on('weberror', (error) => this.errors.push(error.error().message));
    this.#context.on('console', (message) => {
      if (message.type() === 'error' && !NO_NETWORK.test(message.text())) this.errors.push(message.text());
    });
  }

  /** Kills the browser without a word, as a flat battery does. */
  async kill(): Promise<void> {
    const { context } = this;
    const closed = context.waitForEvent('close');
    const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 1e7 }).split('\n');
    const main = lines.find((line) => line.includes(`--user-data-dir=${this.#profile}`) && !line.includes('--type='));
    if (!main) throw new Error('the browser does not run');
    process.kill(Number.parseInt(main, 10), 'SIGKILL');
    await closed;
    this.#context = undefined;
  }

  async throwAway(): Promise<void> {
    await this.#context?.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Waits until the service worker has the whole app and serves this page: from here on the network may go. */
export async function waitUntilOfflineReady(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}
