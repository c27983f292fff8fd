import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { singleThreaded } from '@celadon/dyno-manifold'
import { measure } from '../kernel/common/measure.js'
import { runMesh } from '../mesh/traffic.js'
import { SINGLE_THREADED } from '../mesh/workloads.js'
import { openLogFile } from './open-log.js'

const workload = { ...SINGLE_THREADED, program: () => singleThreaded() }
const folder = mkdtempSync(join(tmpdir(), 'celadon-bench-'))
const path = join(folder, 'router.log')

try {
  await measure((hours) => runMesh(workload, hours, (simulation) => openLogFile(simulation, path)))
} finally {
  rmSync(folder, { recursive: true })
}
