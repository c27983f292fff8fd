const LENGTH_MAX = 80
const PRECISION = 1e-13

/** Two M/M/1 lines in the steady state, mean demand 1. */
export interface TwoLines {
  readonly meanNumber: number
  /** Probability of so many customers in the first and the second line. */
  probability(first: number, second: number): number
}

/**
 * Solves the Markov chain of two lines by Gauss and Seidel's iteration, with at most 80 customers
 * in a line. Beyond that lies less than `load ** 80`, for loads up to 0.7 less than 1e-12.
 *
 * @param load of each server
 * @param toFirst probability that an arrival joins the first line, given both lengths
 */
export function solveTwoLines(
  load: number,
  toFirst: (first: number, second: number) => number,
): TwoLines {
  const width = LENGTH_MAX + 1
  const steady = new Float64Array(width * width)
  steady[0] = 1
  const at = (first: number, second: number): number =>
    first < 0 || second < 0 || first > LENGTH_MAX || second > LENGTH_MAX
      ? 0
      : (steady[first * width + second] as number)

  const flowOut = (first: number, second: number): number => {
    const share = toFirst(first, second)
    const joinsFirst = first < LENGTH_MAX ? share : 0
    const joinsSecond = second < LENGTH_MAX ? 1 - share : 0
    return 2 * load * (joinsFirst + joinsSecond) + Number(first > 0) + Number(second > 0)
  }
  const flowIn = (first: number, second: number): number => {
    const joined =
      (first > 0 ? at(first - 1, second) * toFirst(first - 1, second) : 0) +
      (second > 0 ? at(first, second - 1) * (1 - toFirst(first, second - 1)) : 0)
    return 2 * load * joined + at(first + 1, second) + at(first, second + 1)
  }

  for (let change = 1; change > PRECISION; ) {
    change = 0
    for (let first = LENGTH_MAX; first >= 0; first -= 1) {
      for (let second = LENGTH_MAX; second >= 0; second -= 1) {
        const value = flowIn(first, second) / flowOut(first, second)
        change = Math.max(change, Math.abs(value - at(first, second)))
        steady[first * width + second] = value
      }
    }
    normalise(steady)
  }
  let meanNumber = 0
  steady.forEach((probability, index) => {
    meanNumber += probability * (Math.floor(index / width) + (index % width))
  })
  return { meanNumber, probability: at }
}

function normalise(values: Float64Array): void {
  const sum = values.reduce((total, value) => total + value, 0)
  values.forEach((value, index) => {
    values[index] = value / sum
  })
}
