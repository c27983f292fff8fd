import type { Options } from 'tsup'
import { library } from '../../tsup.base.js'

const config: Options = library({
  entry: { index: 'src/index.ts', files: 'src/files/index.ts' },
})

export default config
