import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The screens: built into dist/web, which the API serves; in development Vite serves them and asks the API. */
export default defineConfig({
  root: here('.'),
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    // A hospital's PCs run browsers of the last few years; nothing is sent anywhere to make up for older ones.
    target: ['chrome109', 'firefox115', 'safari16.4'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: [here('index.html'), here('kiosk.html')],
      // Libraries mark modules for servers that render React; there is none here.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': process.env['COUNTERSIGN_API'] ?? 'http://127.0.0.1:3000' },
  },
});
