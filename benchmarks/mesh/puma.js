import { puma } from '@celadon/dyno-manifold'
import { measure } from '../kernel/common/measure.js'
import { runMesh } from './traffic.js'
import { PUMA } from './workloads.js'

measure((hours) => runMesh({ ...PUMA, program: () => puma({ workers: 2, threads: 5 }) }, hours))
