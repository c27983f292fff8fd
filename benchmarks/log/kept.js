import { singleThreaded } from '@celadon/dyno-manifold'
import { measure } from '../kernel/common/measure.js'
import { runMesh } from '../mesh/traffic.js'
import { SINGLE_THREADED } from '../mesh/workloads.js'
import { openKeptLog } from './open-log.js'

const workload = { ...SINGLE_THREADED, program: () => singleThreaded() }

measure((hours) => runMesh(workload, hours, openKeptLog))
