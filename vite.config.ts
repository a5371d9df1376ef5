import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { uploadEndpoint } from './src/endpoint/vite-plugin.ts';
import { APP_MANIFEST } from './src/tools/app-manifest.ts';

const inRoot = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The slim TensorFlow.js, in page and worker. The packages below it are pinned by `@tensorflow/tfjs`; their index
 * registers every gradient, so what asks for it gets the part without.
 */
const tensorflow = [
  { find: /^@tensorflow\/tfjs$/, replacement: inRoot('src/inference/tfjs-slim.ts') },
  { find: /^@tensorflow\/tfjs-core$/, replacement: '@tensorflow/tfjs-core/dist/base.js' },
];

/** The model files of the current version only: older ones stay on the server. */
function currentModelFiles(): readonly string[] {
  const current = inRoot('public/model/current.json');
  if (!existsSync(current)) return [];
  const { version } = JSON.parse(readFileSync(current, 'utf8')) as { version: string };
  return ['model/current.json', `model/${version}/*.{json,bin}`];
}

export default defineConfig({
  resolve: { alias: tensorflow },
  plugins: [
    react(),
    uploadEndpoint(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/offline/worker',
      filename: 'sw.ts',
      injectRegister: false,
      manifest: APP_MANIFEST,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['index.html', 'assets/*', 'icons/*', ...currentModelFiles()],
        dontCacheBustURLsMatching: /^assets\//,
      },
    }),
  ],
  worker: {
    format: 'es',
    // A chunk of its own, so that the budget is measured on what ships and a change of ours leaves it in the cache.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'tfjs', test: /@tensorflow|tfjs-slim/ }] } } },
  },
  build: {
    target: ['chrome120', 'firefox121', 'safari17'],
    // The polyfill is an inline script, which the content security policy refuses.
    modulePreload: { polyfill: false },
    // Everything is a file: data URLs in style sheets would need exceptions in the policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'src', include: ['src/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'screens', include: ['src/**/*.test.tsx'], environment: 'happy-dom' },
      },
      {
        // The pipeline runs in Node on the whole of TensorFlow.js: projects inherit the slim alias unless told not to.
        extends: false,
        test: { name: 'models', include: ['models/**/*.test.ts'] },
      },
    ],
  },
});
