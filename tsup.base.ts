import type { Options } from 'tsup'

/**
 * Settings of every library package. `platform: 'neutral'` turns an import of a Node module into a
 * build error: what lies under `packages/` runs in a browser and in a worker thread too.
 */
export function library(overrides: Options = {}): Options {
  return {
    entry: ['src/index.ts'],
    format: ['esm'],
    target: 'node20',
    platform: 'neutral',
    removeNodeProtocol: false,
    sourcemap: true,
    clean: true,
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    ...overrides,
  }
}

/** Settings of an app: a program for Node without type declarations. */
export function program(overrides: Options = {}): Options {
  return library({ entry: ['src/main.ts'], platform: 'node', dts: false, ...overrides })
}
