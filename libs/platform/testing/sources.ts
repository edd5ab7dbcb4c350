import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Lets a process of its own run the TypeScript sources, for tests that need several processes:
 * `node --import <this file> <script>.ts`.
 */
registerHooks({
  resolve(specifier, context, next) {
    const inLibrary = /^#([a-z-]+)\/(.*)\.js$/.exec(specifier);
    if (inLibrary) return next(new URL(`../../${inLibrary[1]}/${inLibrary[2]}.ts`, import.meta.url).href, context);
    const ours = specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/');
    return next(ours ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
      filename: fileURLToPath(url),
      sourceMaps: 'inline',
      jsc: {
        target: 'es2024',
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
      module: { type: 'es6' },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
