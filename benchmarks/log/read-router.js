import { measure } from '../kernel/common/measure.js'
import { readLog } from './read-log.js'

measure(readLog('router-2.0', 1))
