import { transformFileSync } from '@swc/core';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * `node --import ./typescript.js program.ts` runs the TypeScript sources as they are, without a build: decorators and all,
 * with `#library/…` found in `libs/` instead of `dist/`. For benchmarks, and for the processes that specs start.
 */
registerHooks({
  resolve(specifier, context, next) {
    const library = /^#([a-z-]+)\/(.*)\.js$/.exec(specifier);
    if (library) return next(new URL(`./libs/${library[1]}/${library[2]}.ts`, import.meta.url).href, context);
    const fromSource = context.parentURL?.endsWith('.ts') && /^\.{1,2}\//.test(specifier);
    return next(fromSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
    return { format: 'module', source: transformFileSync(fileURLToPath(url)).code, shortCircuit: true };
  },
});
