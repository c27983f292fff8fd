/**
 * The share of the time that a Markov chain spends in each state in the long run, by the algorithm
 * of Grassmann, Taksar and Heyman (1985), which subtracts nothing and so loses no digits. Some share
 * is 0 or not a number when the chain cannot go from every state to every other one.
 *
 * @param rates `rates[i][j]` is the rate at which the chain goes from `i` to `j`; the diagonal is
 *   ignored
 */
export function stationaryShares(rates: readonly Float64Array[]): Float64Array {
  const reduced = rates.map((row) => Float64Array.from(row))
  const states = reduced.length
  for (let last = states - 1; last > 0; last -= 1) {
    const leaving = reduced[last] as Float64Array
    let out = 0
    for (let to = 0; to < last; to += 1) out += leaving[to] as number
    for (let from = 0; from < last; from += 1) {
      const row = reduced[from] as Float64Array
      row[last] = (row[last] as number) / out
      for (let to = 0; to < last; to += 1) {
        row[to] = (row[to] as number) + (row[last] as number) * (leaving[to] as number)
      }
    }
  }
  const shares = new Float64Array(states)
  shares[0] = 1
  let total = 1
  for (let state = 1; state < states; state += 1) {
    let share = 0
    for (let from = 0; from < state; from += 1) {
      share += (shares[from] as number) * ((reduced[from] as Float64Array)[state] as number)
    }
    shares[state] = share
    total += share
  }
  return shares.map((share) => share / total)
}
