import type { Options } from 'tsup'
import { library } from '../../tsup.base.js'

const config: Options = library()

export default config
