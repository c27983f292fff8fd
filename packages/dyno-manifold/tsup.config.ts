import type { Options } from 'tsup'
import { library } from '../../tsup.base.js'

const config: Options = library({ entry: ['src/index.ts', 'src/testing.ts'] })

export default config
