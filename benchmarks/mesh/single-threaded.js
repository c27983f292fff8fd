import { singleThreaded } from '@celadon/dyno-manifold'
import { measure } from '../kernel/common/measure.js'
import { runMesh } from './traffic.js'
import { SINGLE_THREADED } from './workloads.js'

measure((hours) => runMesh({ ...SINGLE_THREADED, program: () => singleThreaded() }, hours))
