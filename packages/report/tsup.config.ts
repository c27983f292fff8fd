import { readFile } from 'node:fs/promises'
import type { Options } from 'tsup'
import { library } from '../../tsup.base.js'

type EsbuildPlugin = NonNullable<Options['esbuildPlugins']>[number]

/** `import text from './script.js?raw'` gives the file's text, as it does under Vite. */
const rawText: EsbuildPlugin = {
  name: 'raw-text',
  setup(build) {
    build.onResolve({ filter: /\?raw$/ }, async ({ path, resolveDir, importer, kind }) => {
      const file = path.slice(0, -'?raw'.length)
      const found = await build.resolve(file, { resolveDir, importer, kind })
      // The path ends up in a comment of the output, so it is the one that was written.
      return { path: file, pluginData: found.path, namespace: 'raw-text', errors: found.errors }
    })
    build.onLoad({ filter: /.*/, namespace: 'raw-text' }, async ({ pluginData }) => ({
      contents: await readFile(pluginData, 'utf8'),
      loader: 'text',
    }))
  },
}

const config: Options = library({ esbuildPlugins: [rawText] })

export default config
