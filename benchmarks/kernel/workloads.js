/**
 * What is measured. A workload is run by contestants, each of them one program.
 *
 * `arguments` of the programs end with the size of the workload; `smokeArguments` are tiny. `digits`
 * says to how many digits after the point a statistic is compared, `expected` what it is at full
 * size. The first contestant is the one to which the others are compared.
 */
const W2_DIGITS = { requests: 0, mean: 6, p50: 4, p95: 4, p99: 4, late: 0 }
const W2_EXPECTED = {
  requests: '2163527',
  mean: '10.236292',
  p50: '0.4463',
  p95: '44.1250',
  p99: '140.5000',
  late: '167063',
}

export const workloads = [
  {
    name: 'w1',
    title: 'W1, the queue M/M/1: 5,000,000 customers',
    unit: 'customers',
    arguments: [5_000_000],
    smokeArguments: [20_000],
    digits: { mean: 6 },
    expected: { mean: '9.884758' },
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
  hold('100', 100, { time: '62480.637093', numbers: '247372221' }, [
    simjs('w3.js', 1 / 5),
    simpy('w3.py', 1 / 5),
  ]),
  hold('10 thousand', 10_000, { time: '626.773625', numbers: '25002129237' }, [
    simjs('w3.js', 1 / 10),
    simpy('w3.py', 1 / 10),
  ]),
  // SimPy's million processes take a minute before a single hold is measured.
  hold('1 million', 1_000_000, { time: '8.247098', numbers: '2500312222358' }, [
    simjs('w3.js', 1 / 25),
  ]),
  {
    name: 'recursion-w1',
    title: "W1 by Lindley's recursion, without events",
    unit: 'customers',
    arguments: [5_000_000],
    smokeArguments: [20_000],
    digits: { mean: 6 },
    expected: { mean: '9.884758' },
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
    expected: {
      requests: '100010167',
      mean: '10.668493',
      p50: '0.4365',
      p95: '45.3750',
      p99: '153.5000',
      late: '7856344',
    },
    onRequest: true,
    contestants: [c('C, specialised', 'w2.c'), celadon('w2.js')],
  },
]

/** W3, the hold model, with so many pending events. */
function hold(text, pending, expected, peers) {
  return {
    name: `w3-1e${Math.log10(pending)}`,
    title: `W3, the hold model: ${text} pending events`,
    unit: 'holds',
    arguments: [pending, 5_000_000],
    smokeArguments: [Math.min(pending, 20_000), 20_000],
    digits: { time: 6, numbers: 0 },
    expected,
    contestants: [
      c('C, buckets', 'w3-buckets.c'),
      c('C, heap', 'w3-heap.c'),
      celadon('w3.js'),
      ...peers,
    ],
  }
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
