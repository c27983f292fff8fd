import { measure } from '../kernel/common/measure.js'
import { readLog } from './read-log.js'

measure(readLog('cedar-2012', 1))
