/**
 * Which of several equal dynos is taken: `index`: the first one in the order of the pool; `random`:
 * each with the same probability. It matters: routers that share nothing and prefer the same dyno
 * among equals send everything there.
 */
export type Ties = 'index' | 'random'
