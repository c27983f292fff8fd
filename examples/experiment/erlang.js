// @ts-check

/**
 * Mean wait at servers with one queue, Poisson arrivals and exponential service (Erlang C), in units of
 * the mean service time.
 *
 * @param {number} servers
 * @param {number} load share of the time for which each is busy, below 1
 */
export function erlangWait(servers, load) {
  const offered = servers * load
  let blocking = 1
  for (let count = 1; count <= servers; count += 1) {
    blocking = (offered * blocking) / (count + offered * blocking)
  }
  const waits = blocking / (1 - load * (1 - blocking))
  return waits / (servers * (1 - load))
}
