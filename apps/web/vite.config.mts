import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/*
 * The page's policy lets in only styles with its nonce. The component kit forgets it where it locks scrolling under a dialog
 * and measures scroll bars; a version in which this place looks otherwise fails the build.
 */
const styleNonces: Plugin = {
  name: 'style-nonces',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('@rc-component/util/es/Dom/dynamicCSS.js')) return null;
    const place = /if \(csp\?\.nonce\) \{\s*styleNode\.nonce = csp\?\.nonce;\s*\}/;
    if (!place.test(code)) return this.error('the component kit writes styles in a way that is not known');
    const nonce = `csp?.nonce || document.querySelector('meta[name="csp-nonce"]')?.content || ''`;
    return { code: code.replace(place, `styleNode.nonce = ${nonce};`), map: null };
  },
};

/* A tablet on a weak radio waits for bytes: what is worth it lies compressed beside what it is, once for all requests. */
const compressed: Plugin = {
  name: 'compressed-assets',
  apply: 'build',
  writeBundle({ dir = '' }) {
    const assets = join(dir, 'assets');
    for (const name of readdirSync(assets)) {
      const content = readFileSync(join(assets, name));
      if (/\.(js|css)$/.test(name) && content.length > 1024)
        writeFileSync(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }));
    }
  },
};

/*
 * Files by how they are needed, not one for each way in which screens share things: a slow PC feels every file. What boards
 * and screens share; and what is there before any screen is. The rest comes with the screens that need it.
 */
const react = { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 2 };
const start = {
  name: 'start',
  tags: ['$initial' as const],
  test: (id: string) => !/\/src\/(kiosk\/|main\.)|\.html$/.test(id),
  priority: 1,
};

/** The screens: built into dist/web, which the API serves; in development Vite serves them and asks the API. */
export default defineConfig({
  root: here('.'),
  plugins: [styleNonces, compressed],
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    // What each screen loads, for the budget of test/web-assets.e2e-spec.ts.
    manifest: true,
    // A hospital's PCs run browsers of the last few years; nothing is sent anywhere to make up for older ones.
    target: ['chrome109', 'firefox115', 'safari16.4'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: [here('index.html'), here('kiosk.html')],
      output: { codeSplitting: { groups: [react, start] } },
      // Libraries mark modules for servers that render React; there is none here.
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': process.env['COUNTERSIGN_API'] ?? 'http://127.0.0.1:3000' },
  },
});
