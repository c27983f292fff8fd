import { existsSync, readdirSync } from 'node:fs'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** Every folder that has tests is a project of its own: `pnpm test --project router`. */
const projects = ['packages', 'apps']
  .flatMap((group) => readdirSync(group).map((name) => ({ name, root: `${group}/${name}` })))
  .concat(['examples', 'e2e', 'scripts'].map((name) => ({ name, root: name })))
  .filter(({ root }) => existsSync(`${root}/test`))

const config: ViteUserConfig = defineConfig({
  // Tests run on the source: this condition picks src/index.ts in each package's exports.
  ssr: {
    resolve: { conditions: ['@celadon/source', 'module', 'node', 'development|production'] },
  },
  test: {
    reporters: ['default', './scripts/summary-reporter.ts'],
    projects: projects.map(({ name, root }) => ({
      extends: true as const,
      root,
      test: {
        name,
        include: ['test/**/*.test.ts'],
        setupFiles: [new URL('scripts/replayable-properties.ts', import.meta.url).pathname],
        testTimeout: 60_000,
        typecheck: { enabled: true, tsconfig: 'tsconfig.json' },
      },
    })),
    coverage: { provider: 'v8', include: ['packages/*/src/**/*.ts'] },
  },
})

export default config
