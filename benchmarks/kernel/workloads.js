const W1_EXPECTED = { 5000000: { mean: '9.884758' }, 20000: { mean: '9.340097' } }

const W2_DIGITS = { requests: 0, mean: 6, p50: 4, p95: 4, p99: 4, late: 0 }
const W2_EXPECTED = {
  4: w2(2_163_527, '10.236292', '0.4463', '44.1250', '140.5000', 167_063),
  0.02: w2(10_802, '4.190132', '0.0764', '22.5625', '62.1250', 406),
  185.2: w2(100_010_167, '10.668493', '0.4365', '45.3750', '153.5000', 7_856_344),
}

const W3_EXPECTED = {
  '100 5000000': { time: '62480.637093', numbers: '247372221' },
  '100 20000': { time: '251.928152', numbers: '985096' },
  '10000 5000000': { time: '626.773625', numbers: '25002129237' },
  '10000 20000': { time: '4.507272', numbers: '100359850' },
  '1000000 5000000': { time: '8.247098', numbers: '2500312222358' },
  '20000 20000': { time: '3.262114', numbers: '199786461' },
}

/**
 * What is measured. A workload is run by contestants, each of them one program.
 *
 * `arguments` of the programs end with the size of the workload; `smokeArguments` are tiny.
 * `digits` says to how many digits after the point a statistic is compared, `expected` what it is,
 * by arguments. The first contestant is the one whose time the others are compared to.
 */
export const workloads = [
  {
    name: 'w1',
    title: 'W1, the queue M/M/1: 5,000,000 customers',
    unit: 'customers',
    arguments: [5_000_000],
    smokeArguments: [20_000],
    digits: { mean: 6 },
    expected: W1_EXPECTED,
    contestants: [
      c('C, specialised', 'w1.c'),
      c('C, event kernel', 'w1-kernel.c'),
      celadon('w1.js'),
      simjs('w1.js', 1 / 10),
      simpy('w1.py', 1 / 25),
      simscript('w1.js', 1 / 100),
    ],
  },
  {
    name: 'w2',
    title: 'W2, Rap Genius: 4 hours, 2,163,527 requests',
    unit: 'requests',
    arguments: [4],
    smokeArguments: [0.02],
    digits: W2_DIGITS,
    expected: W2_EXPECTED,
    contestants: [
      c('C, specialised', 'w2.c'),
      c('C, event kernel and ring of timers', 'w2-kernel.c', ['-DTIMER_RING']),
      c('C, event kernel', 'w2-kernel.c'),
      celadon('w2.js'),
      simjs('w2.js', 1 / 10),
      simpy('w2.py', 1 / 40),
      simscript('w2.js', 1 / 200),
    ],
  },
  hold('100', 100, [simjs('w3.js', 1 / 5), simpy('w3.py', 1 / 5)]),
  hold('10 thousand', 10_000, [simjs('w3.js', 1 / 10), simpy('w3.py', 1 / 10)]),
  // SimPy's million processes take a minute before a single hold is measured.
  hold('1 million', 1_000_000, [simjs('w3.js', 1 / 25)]),
  {
    name: 'recursion-w1',
    title: "W1 by Lindley's recursion, without events",
    unit: 'customers',
    arguments: [5_000_000],
    smokeArguments: [20_000],
    digits: { mean: 6 },
    expected: W1_EXPECTED,
    contestants: [c('C, recursion', 'recursion-w1.c'), celadon('recursion-w1.js')],
  },
  {
    name: 'recursion-w2',
    title: "W2 by Lindley's recursion, without events",
    unit: 'requests',
    arguments: [4],
    smokeArguments: [0.02],
    digits: W2_DIGITS,
    expected: W2_EXPECTED,
    contestants: [c('C, recursion', 'recursion-w2.c'), celadon('recursion-w2.js')],
  },
  {
    name: 'long',
    title: 'The long run, W2 for 185.2 hours: 100 million requests',
    unit: 'requests',
    arguments: [185.2],
    smokeArguments: [0.02],
    digits: W2_DIGITS,
    expected: W2_EXPECTED,
    onRequest: true,
    contestants: [c('C, specialised', 'w2.c'), celadon('w2.js')],
  },
]

/** W3, the hold model, with so many pending events. */
function hold(text, pending, peers) {
  return {
    name: `w3-1e${Math.log10(pending)}`,
    title: `W3, the hold model: ${text} pending events`,
    unit: 'holds',
    arguments: [pending, 5_000_000],
    smokeArguments: [Math.min(pending, 20_000), 20_000],
    digits: { time: 6, numbers: 0 },
    expected: W3_EXPECTED,
    contestants: [
      c('C, buckets', 'w3-buckets.c'),
      c('C, heap', 'w3-heap.c'),
      celadon('w3.js'),
      ...peers,
    ],
  }
}

function w2(requests, mean, p50, p95, p99, late) {
  return { requests: String(requests), mean, p50, p95, p99, late: String(late) }
}

function c(name, source, options = []) {
  return { name, kind: 'c', source, options, share: 1, exact: true }
}

function celadon(source) {
  return { name: 'Celadon', kind: 'node', source: `celadon/${source}`, share: 1, exact: true }
}

/**
 * Peers run `share` of the full size. Those in JavaScript draw our random numbers and are exact, so
 * that their statistics are those of our own program at their size.
 */
function simjs(source, share) {
  return peer('SIM.JS', 'node', 'simjs', source, share, true)
}

function simscript(source, share) {
  return peer('SimScript', 'node', 'simscript', source, share, true)
}

function simpy(source, share) {
  return peer('SimPy', 'python', 'simpy', source, share, false)
}

function peer(name, kind, library, source, share, exact) {
  return { name, kind, source: `${library}/${source}`, library, share, exact }
}
