import type { Options } from 'tsup'
import { program } from '../../tsup.base.js'

const config: Options = program()

export default config
